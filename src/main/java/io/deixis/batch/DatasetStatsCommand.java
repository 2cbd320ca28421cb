package io.deixis.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntitySentence;
import io.deixis.dataset.Flickr30kEntities;
import io.deixis.dataset.GroundTruth;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dataset stats}: counts what a split holds. */
@Command(name = "stats", description = "Counts the captions, phrases and boxes of a split.")
public class DatasetStatsCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder with Annotations and Sentences.")
  Path directory;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "train",
      description = "The split to count (default: ${DEFAULT-VALUE}).")
  String split;

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  private final ObjectMapper mapper;

  DatasetStatsCommand(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Flickr30kEntities data = Flickr30kEntities.open(directory);
    Counts counts = new Counts();
    data.split(split).forEach(id -> counts.add(data.read(id)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(counts.totals(split)));
    } else {
      counts.totals(split).print(out);
    }
    return ExitStatus.OK.code();
  }

  /**
   * What a split holds.
   *
   * @param split its name
   * @param images images
   * @param sentences captions
   * @param phrases annotated phrase occurrences
   * @param groundedPhrases those of them whose chain has a box
   * @param boxes truth boxes, one that several chains share counted for each
   * @param groundedPhrasesByType phrases with a box by entity type; one with two types counts in
   *     both
   */
  record Totals(
      String split,
      int images,
      int sentences,
      int phrases,
      int groundedPhrases,
      int boxes,
      Map<String, Integer> groundedPhrasesByType) {

    void print(PrintWriter out) {
      row(out, "images", images);
      row(out, "sentences", sentences);
      row(out, "phrases", phrases);
      row(out, "with a box", groundedPhrases);
      groundedPhrasesByType.forEach((type, count) -> row(out, "  " + type, count));
      row(out, "boxes", boxes);
    }

    private static void row(PrintWriter out, String name, int count) {
      out.printf("%-16s %,9d%n", name, count);
    }
  }

  private static final class Counts {

    private final Map<String, Integer> byType = new TreeMap<>();
    private int images;
    private int sentences;
    private int phrases;
    private int grounded;
    private int boxes;

    void add(AnnotatedImage image) {
      images++;
      boxes += image.boxes().values().stream().mapToInt(List::size).sum();
      for (EntitySentence sentence : image.sentences()) {
        sentences++;
        phrases += sentence.phrases().size();
      }
      for (GroundTruth truth : image.groundTruth()) {
        grounded++;
        truth.phrase().types().stream()
            .distinct()
            .forEach(type -> byType.merge(type, 1, Integer::sum));
      }
    }

    Totals totals(String split) {
      return new Totals(split, images, sentences, phrases, grounded, boxes, byType);
    }
  }
}
