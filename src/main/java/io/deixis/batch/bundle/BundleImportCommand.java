package io.deixis.batch.bundle;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.DecimalNumber;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.Terminal;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.huggingface.ImportException;
import io.deixis.engine.huggingface.ModelImport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bundle import}: makes a bundle of a published model's export. */
@Command(
    name = "import",
    description = {
      "Makes a bundle of an export of OWL-ViT, OWLv2, Grounding DINO or MM-Grounding-DINO: a folder"
          + " with model.onnx (or image.onnx and text.onnx, or model.pt), config.json,"
          + " preprocessor_config.json or processor_config.json, and tokenizer.json.",
      "Checks the graph's inputs and outputs and runs it; docs/models.md tells how to export."
    })
public class BundleImportCommand implements Runnable {

  private static final Pattern PHOTO = Pattern.compile("(\\d{1,4})x(\\d{1,4})");

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder of the export.")
  Path source;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "The bundle to make, in deixis.models.directory.")
  String name;

  @Option(
      names = "--photo",
      paramLabel = "HEIGHTxWIDTH",
      description = "The size of photos that the graph takes, where its file does not tell it.")
  String photo;

  @Option(
      names = "--sink",
      paramLabel = "PHRASE",
      description =
          "A phrase that is added to every text and not answered, which may draw a fused detector's"
              + " attention where nothing asked for is there; more than once for several.")
  List<String> sinks = List.of();

  @Option(
      names = "--nms",
      paramLabel = "IOU",
      defaultValue = "1",
      converter = DecimalNumber.Share.class,
      description =
          "Overlap from 0 to 1 above which the worse of two boxes of a phrase is dropped, where a"
              + " request says nothing of it (default: 1, none, as the model's own library has"
              + " it).")
  double nms;

  @Option(
      names = "--licence",
      paramLabel = "TEXT",
      description = "The licence of the weights (default: what the export's README.md says).")
  String licence;

  private final ActiveModel models;

  /** Creates the command. */
  public BundleImportCommand(ActiveModel models) {
    this.models = models;
  }

  @Override
  public void run() {
    ModelImport.Options options =
        new ModelImport.Options(
            Optional.ofNullable(photo).map(this::size), sinks, nms, Optional.ofNullable(licence));
    try {
      models.device("cpu"); // starts the engine with the configured threads
      ModelBundle bundle = new ModelImport(source, models.directory(""), name, options).run();
      Terminal.out(spec)
          .printf(
              "Wrote %s: %s%n",
              bundle.directory(), String.join(", ", bundle.manifest().files().keySet()));
    } catch (ImportException refused) {
      throw new CommandFailure(status(refused.reason()), refused.getMessage(), refused);
    }
  }

  private int[] size(String text) {
    Matcher sides = PHOTO.matcher(text);
    if (!sides.matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--photo is \"%s\"; write rows and columns, such as 800x1333.".formatted(text));
    }
    return new int[] {Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2))};
  }

  private static ExitStatus status(ImportException.Reason reason) {
    return switch (reason) {
      case INPUT -> ExitStatus.INPUT;
      case DAMAGED -> ExitStatus.DAMAGED;
      case UNSUPPORTED -> ExitStatus.UNSUPPORTED;
      case WRONG_EXPORT -> ExitStatus.WRONG_EXPORT;
      case NAME -> ExitStatus.USAGE;
      case STORAGE -> ExitStatus.STORAGE;
    };
  }
}
