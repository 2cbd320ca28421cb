package io.deixis.engine.huggingface;

import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.huggingface.ImportException.Reason;
import io.deixis.engine.onnx.OnnxFile;
import io.deixis.engine.published.Detector;
import io.deixis.engine.published.DetectorSpec;
import io.deixis.engine.published.PhotoSpec;
import io.deixis.engine.published.Tokens;
import io.deixis.engine.published.UnsupportedGraphException;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.MemoryShortage;
import io.deixis.grounding.ModelDescription;
import io.deixis.metrics.Calibration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a bundle of an export of a published detector: reads its configuration, runs it, and only
 * then leaves a bundle.
 *
 * @param source the folder that holds the export
 * @param models the folder of bundles
 * @param name the bundle's name
 * @param options what the export does not tell
 */
public record ModelImport(Path source, Path models, String name, Options options) {

  private static final String ONE_SIZE =
      "name its size with --photo HEIGHTxWIDTH if it was exported for photos of one size, or ";

  /**
   * What an export does not tell.
   *
   * @param photo rows and columns of the photos that the graph takes, where its file does not say
   * @param sinks phrases that are added to every prompt, as {@link DetectorSpec#sinks()}
   * @param nms IoU above which the worse of two boxes of a phrase is dropped, as {@link
   *     DetectorSpec#nms()}
   * @param licence of the weights, if the export does not tell it
   */
  public record Options(
      Optional<int[]> photo, List<String> sinks, double nms, Optional<String> licence) {

    /** Nothing more than the export tells. */
    public static final Options NONE =
        new Options(Optional.empty(), List.of(), 1, Optional.empty());
  }

  /**
   * Makes the bundle.
   *
   * @throws ImportException if the export cannot be used or the bundle not be written
   */
  public ModelBundle run() {
    Path target = models.resolve(name);
    if (!BundleManifest.isName(name)) {
      throw new ImportException(
          Reason.NAME,
          "\"%s\" is no name for a bundle".formatted(name),
          "use letters, digits and hyphens.");
    }
    if (Files.exists(target)) {
      throw new ImportException(
          Reason.NAME,
          "There is a bundle called \"%s\" already".formatted(name),
          "choose another name, or take that one away.");
    }
    ExportFolder export = ExportFolder.read(source);
    Map<String, Path> files = new LinkedHashMap<>(export.graphs());
    List<String> graphs = List.copyOf(files.keySet());
    ExportTokenizer tokenizer = ExportTokenizer.read(export);
    files.put(DetectorSpec.TOKENIZER, tokenizer.file());
    PhotoSpec photo = export.photo();
    Path draft = null;
    try {
      Files.createDirectories(models);
      draft = Files.createTempDirectory(models, ".import");
      tokenizer.write(draft.resolve(DetectorSpec.TOKENIZER));
      DetectorSpec spec = checked(export, files, draft, graphs, photo);
      ModelBundle.seal(draft, manifest(export, spec), Map.of(ModelBundle.CARD, card(export, spec)));
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      return ModelBundle.open(target);
    } catch (IOException e) {
      throw new ImportException(
          Reason.STORAGE,
          "The bundle \"%s\" cannot be written".formatted(target),
          "make room on its disk or check the rights of its folder.",
          e);
    } finally {
      if (draft != null) {
        remove(draft);
      }
    }
  }

  /** Copies the graphs, and with one the weights that it keeps beside it. */
  private static void copy(Map<String, Path> files, Path draft) throws IOException {
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (file.getKey().equals(DetectorSpec.TOKENIZER)) {
        continue;
      }
      Files.copy(file.getValue(), draft.resolve(file.getKey()));
      if (!file.getKey().endsWith(".onnx")) {
        continue;
      }
      for (String data : OnnxFile.read(file.getValue()).weights()) {
        // Another file is none that a graph may name, which loading it tells.
        if (DetectorSpec.isWeights(data) && !files.containsKey(data)) {
          Path beside = file.getValue().resolveSibling(data);
          if (Files.isRegularFile(beside) && !Files.exists(draft.resolve(data))) {
            Files.copy(beside, draft.resolve(data));
          }
        }
      }
    }
  }

  private DetectorSpec checked(
      ExportFolder export,
      Map<String, Path> files,
      Path draft,
      List<String> graphs,
      PhotoSpec photo)
      throws IOException {
    try (Tokens tokens = Tokens.load(draft.resolve(DetectorSpec.TOKENIZER))) {
      copy(files, draft);
      if (export.kind().isFused() && !tokens.isBert()) {
        throw ExportTokenizer.foreign(
            files.get(DetectorSpec.TOKENIZER), "has other marks than BERT");
      }
      if (!export.kind().isFused() && tokens.marked("a").length < 3) {
        throw ExportTokenizer.foreign(
            files.get(DetectorSpec.TOKENIZER), "puts no marks around a text");
      }
      GraphPorts ports = GraphPorts.read(draft, graphs, export.kind());
      DetectorSpec spec =
          new DetectorSpec(
              export.kind(),
              graphs,
              sized(export, ports, graphs, photo),
              ports.tokens() > 0 ? ports.tokens() : export.tokens(),
              ports.texts(),
              options.sinks(),
              options.nms());
      try (Detector detector = Detector.load(draft, spec)) {
        new ExportTrial(detector, export.kind().isFused(), String.join(" and ", graphs))
            .run(spec.photo().height() > 0 ? "" : ONE_SIZE);
      }
      return spec;
    } catch (EngineException e) {
      if (MemoryShortage.of(e).isPresent()) {
        throw e;
      }
      throw new ImportException(
          e instanceof UnsupportedGraphException ? Reason.UNSUPPORTED : Reason.DAMAGED,
          sources(e.problem(), files, draft),
          e.remedy(),
          e);
    } catch (IllegalArgumentException e) {
      throw new ImportException(
          Reason.UNSUPPORTED,
          "The export in \"%s\" cannot be run here: %s".formatted(source, e.getMessage()),
          "check its configuration and the options of this command.",
          e);
    }
  }

  /** Returns a sentence about the draft's files as one about those that they were copied from. */
  private String sources(String problem, Map<String, Path> files, Path draft) {
    String told = problem;
    for (Map.Entry<String, Path> file : files.entrySet()) {
      told = told.replace(draft.resolve(file.getKey()).toString(), file.getValue().toString());
    }
    return told.replace(draft.toString(), source.toString());
  }

  /** Returns how photos are prepared for the size that the graph takes. */
  private PhotoSpec sized(
      ExportFolder export, GraphPorts ports, List<String> graphs, PhotoSpec photo) {
    Optional<int[]> told = ports.photo().or(options::photo);
    if (told.isEmpty()) {
      if (export.kind().isFused() && photo.height() == 0 && graphs.get(0).endsWith(".pt")) {
        throw new ImportException(
            Reason.INPUT,
            "The file %s does not tell the size of the photos that it was traced with"
                .formatted(source.resolve(graphs.get(0))),
            "name it with --photo HEIGHTxWIDTH.");
      }
      return photo;
    }
    int height = told.get()[0];
    int width = told.get()[1];
    if (photo.fit() != PhotoSpec.Fit.SHORTEST_EDGE
        && photo.fit() != PhotoSpec.Fit.INSIDE
        && (photo.height() != height || photo.width() != width)) {
      throw new ImportException(
          Reason.UNSUPPORTED,
          "The graph takes photos of %dx%d pixels, its processor makes them %dx%d"
              .formatted(width, height, photo.width(), photo.height()),
          "export the model with the size of its processor.");
    }
    return photo.sized(height, width);
  }

  private BundleManifest manifest(ExportFolder export, DetectorSpec spec) {
    Map<String, String> provenance = new LinkedHashMap<>(export.provenance());
    provenance.put("imported from", source.toAbsolutePath().normalize().getFileName().toString());
    provenance.put("graph", String.join(", ", spec.graphs()));
    provenance.put("checked", "run with one, two and three phrases, each answered by itself");
    provenance.put("thresholds", "the model's own; not tuned");
    return new BundleManifest(
        BundleManifest.SCHEMA,
        name,
        "1",
        "%s, a published open-vocabulary detector, as it was imported."
            .formatted(export.kind().title()),
        licence(export),
        Map.of(),
        null,
        spec,
        Calibration.IDENTITY,
        Map.of(ModelDescription.BEST, export.kind().threshold(), "default", 0.5),
        Map.of(),
        provenance);
  }

  private String licence(ExportFolder export) {
    return options
        .licence()
        .or(export::licence)
        .orElse("That of the imported weights, which the export does not tell.");
  }

  private byte[] card(ExportFolder export, DetectorSpec spec) {
    PhotoSpec photo = spec.photo();
    String size =
        photo.height() > 0
            ? "%d x %d pixels".formatted(photo.width(), photo.height())
            : "a shorter side of %d and a longer one of at most %d pixels"
                .formatted(photo.shortestEdge(), photo.longestEdge());
    String text =
        spec.kind().isFused()
            ? "All phrases of a request share one text of at most %d tokens; a phrase's score for a box is the highest of its own tokens. Photo and text meet in the encoder, so every further question runs the whole model, and a phrase's score depends on what else is asked."
                .formatted(spec.tokens())
            : spec.isApart()
                ? "Photo and phrase are encoded apart, each once; a phrase has at most %d tokens."
                    .formatted(spec.tokens())
                : "Photo and phrases run through one graph; a phrase has at most %d tokens. Exported in two parts (`models/export/owl.py`), a further phrase would cost a hundredth."
                    .formatted(spec.tokens());
    String sinks =
        spec.sinks().isEmpty()
            ? ""
            : "\nAdded to every text, and not answered: %s.\n"
                .formatted(String.join("; ", spec.sinks()));
    return """
    # %s

    %s, imported by `deixis bundle import`.

    - Photos are brought to %s, as the model's own processor does.
    - %s
    - Scores are the model's own, not calibrated, and the threshold %s is its library's default:
      `deixis calibrate` and `deixis sweep` fit both to data of yours.
    - Licence: %s
    %s
    ## Limits

    The import shows that the graph runs and that phrases do not disturb each other. How well the
    model grounds, `deixis evaluate` tells on your data. A detector of this kind may answer with
    confidence where nothing that was asked for is in the photo.
    """
        .formatted(
            name,
            export.kind().title(),
            size,
            text,
            export.kind().threshold(),
            licence(export),
            sinks)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void remove(Path draft) {
    if (!Files.exists(draft)) {
      return;
    }
    try (Stream<Path> files = Files.walk(draft)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException left) {
      throw new ImportException(
          Reason.STORAGE,
          "The folder \"%s\" cannot be removed".formatted(draft),
          "remove it by hand.",
          left);
    }
  }
}
