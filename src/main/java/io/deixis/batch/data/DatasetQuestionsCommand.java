package io.deixis.batch.data;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.Terminal;
import io.deixis.batch.WholeNumber;
import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetCard;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.Flickr30kEntitiesWriter;
import io.deixis.dataset.questions.ImageQuestions;
import io.deixis.dataset.questions.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dataset questions}: makes a data set of what people ask for, by kind. */
@Command(
    name = "questions",
    description = {
      "Asks annotated images what people ask for: by side, order, size and distance, by what"
          + " somebody wears or holds, for the other one, for all, with a wrong letter, as a"
          + " question or a command.",
      "Writes a data set with the split questions, in which the type of a phrase is the kind of the"
          + " question, so that evaluate and score tell the kinds apart. Evaluate it with"
          + " --as-queries to ask as people do."
    })
public class DatasetQuestionsCommand implements Runnable {

  static final String SPLIT = "questions";

  @Spec CommandSpec spec;

  @Mixin DataArgument source = new DataArgument();

  @Option(
      names = "--from",
      paramLabel = "NAME",
      defaultValue = "val",
      description = "The split whose images are asked about (default: ${DEFAULT-VALUE}).")
  String from;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = WholeNumber.From1.class,
      description = "Ask about the first N images of the split only.")
  Integer limit;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "A new or empty folder; photos are copied into it.")
  Path out;

  @Override
  public void run() {
    GroundingDataset data = source.open();
    List<String> ids = data.split(from);
    if (limit != null) {
      ids = ids.subList(0, Math.min(limit, ids.size()));
    }
    Map<String, Integer> counts = new TreeMap<>();
    List<AnnotatedImage> asked = new ArrayList<>();
    for (String id : ids) {
      AnnotatedImage image = data.read(id);
      List<Question> questions = ImageQuestions.of(image);
      if (!questions.isEmpty()) {
        asked.add(ImageQuestions.asked(image, questions));
        questions.forEach(question -> counts.merge(question.kind(), 1, Integer::sum));
      }
    }
    if (asked.isEmpty()) {
      throw CommandFailure.input(
          "No image of the split %s has anything to ask for; name another with --from.", from);
    }
    write(data, asked);
    counts.forEach((kind, count) -> Terminal.out(spec).printf("%s: %,d%n", kind, count));
  }

  private void write(GroundingDataset data, List<AnnotatedImage> asked) {
    DatasetCard source = data.card();
    Flickr30kEntitiesWriter writer = new Flickr30kEntitiesWriter(out);
    writer.writeCard(
        new DatasetCard(
            source.name() + ", questions",
            source.licence(),
            "Made by dataset questions from the split %s of: %s"
                .formatted(from, source.description())));
    asked.forEach(image -> writer.write(image, data.image(image.id())));
    writer.writeSplit(SPLIT, asked.stream().map(AnnotatedImage::id).toList());
  }
}
