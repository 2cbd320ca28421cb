package io.deixis.archive;

import io.deixis.batch.evaluation.SplitQuestions;
import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.evaluation.AbsentQuestion;
import io.deixis.evaluation.GroundedImages;
import io.deixis.evaluation.ModelEvaluation;
import io.deixis.evaluation.SplitGrounding;
import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import io.deixis.language.opennlp.EnglishQueryReader;
import io.deixis.language.opennlp.OpenNlpCaptionChunker;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/**
 * Grounds the images of a split in the executors, which read the data set from the same folder as
 * the driver. Of each phrase the boxes that count come back, not all candidates.
 *
 * @param spark the job
 * @param model what to ground with
 * @param folder of the data set
 * @param format its name, or null to recognise it
 * @param manner how the images are asked
 */
record SplitOnSpark(
    JavaSparkContext spark,
    ExecutorModel.Key model,
    Path folder,
    String format,
    SplitQuestions.Manner manner)
    implements GroundedImages {

  private static final int IMAGES_OF_A_TASK = 50;

  @Override
  public void run(
      List<String> ids, boolean withNegatives, Consumer<SplitGrounding.Grounded> consumer) {
    GroundingDataset data = DatasetFormat.open(folder, format);
    int tasks = Math.max(spark.defaultParallelism(), ids.size() / IMAGES_OF_A_TASK);
    List<String> others = SplitGrounding.neighbours(ids);
    List<Tuple2<String, String>> images =
        IntStream.range(0, ids.size())
            .mapToObj(i -> new Tuple2<>(ids.get(i), others.get(i)))
            .toList();
    Counts counts = Counts.of(spark.sc());
    try (Progress progress = Progress.of(counts, ids.size(), spark.sc())) {
      spark
          .parallelize(images, Math.max(1, Math.min(ids.size(), tasks)))
          .mapPartitions(
              new Ground(model, folder.toString(), format, manner, withNegatives, counts))
          .collect()
          .forEach(image -> consumer.accept(image.of(data.read(image.id))));
    }
  }

  /** Boxes and their scores, edges and logits one after the other. */
  private record Boxes(double[] edges, float[] logits, double nms) implements Serializable {

    static Boxes of(PhraseMatches matches) {
      float[] logits = new float[matches.logits().size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = matches.logits().get(i);
      }
      return new Boxes(edges(matches.boxes()), logits, matches.nms());
    }

    static double[] edges(List<Box> boxes) {
      return boxes.stream()
          .flatMapToDouble(box -> DoubleStream.of(box.x1(), box.y1(), box.x2(), box.y2()))
          .toArray();
    }

    static List<Box> boxes(double[] edges) {
      List<Box> boxes = new ArrayList<>();
      for (int i = 0; i < edges.length; i += 4) {
        boxes.add(new Box(edges[i], edges[i + 1], edges[i + 2], edges[i + 3]));
      }
      return boxes;
    }

    PhraseMatches matches() {
      List<Float> scores = new ArrayList<>();
      for (float logit : logits) {
        scores.add(logit);
      }
      return new PhraseMatches(boxes(edges), scores, scores, nms);
    }
  }

  /** The best box of a phrase that is read by itself; its question if the image lacks it. */
  private record BestBox(String text, AbsentQuestion.Origin origin, String kind, Boxes box)
      implements Serializable {

    AbsentQuestion question() {
      return new AbsentQuestion(text, origin, kind);
    }
  }

  /**
   * What comes back of an image.
   *
   * @param candidates their edges; none if the model finds others for each phrase
   * @param phrases boxes of its phrases, in their order
   * @param alone of the same, read by themselves; with negatives alone
   * @param negatives of phrases that it does not show
   */
  private record GroundedImage(
      String id,
      double[] candidates,
      List<Boxes> phrases,
      List<BestBox> alone,
      List<BestBox> negatives)
      implements Serializable {

    static GroundedImage of(SplitGrounding.Grounded grounded) {
      List<Boxes> phrases = new ArrayList<>();
      for (GroundTruth truth : grounded.image().groundTruth()) {
        PhraseMatches all = grounded.matches().get(truth);
        // Where they are the candidates as well, all of them count.
        phrases.add(
            Boxes.of(grounded.candidates().isEmpty() ? all : all.best(ModelEvaluation.OPTIONS)));
      }
      List<BestBox> alone = new ArrayList<>();
      grounded.alone().forEach((text, all) -> alone.add(new BestBox(text, null, null, best(all))));
      List<BestBox> negatives = new ArrayList<>();
      grounded
          .negatives()
          .forEach(
              (asked, all) ->
                  negatives.add(
                      new BestBox(asked.text(), asked.origin(), asked.kind(), best(all))));
      return new GroundedImage(
          grounded.image().id(), Boxes.edges(grounded.candidates()), phrases, alone, negatives);
    }

    private static Boxes best(PhraseMatches all) {
      return Boxes.of(all.best(1, 1));
    }

    SplitGrounding.Grounded of(AnnotatedImage image) {
      Map<GroundTruth, PhraseMatches> matches = new HashMap<>();
      List<GroundTruth> truths = image.groundTruth();
      for (int i = 0; i < truths.size(); i++) {
        matches.put(truths.get(i), phrases.get(i).matches());
      }
      Map<String, PhraseMatches> aloneByText = new HashMap<>();
      alone.forEach(phrase -> aloneByText.put(phrase.text, phrase.box.matches()));
      Map<AbsentQuestion, PhraseMatches> absent = new LinkedHashMap<>();
      negatives.forEach(phrase -> absent.put(phrase.question(), phrase.box.matches()));
      return new SplitGrounding.Grounded(
          image, Boxes.boxes(candidates), matches, aloneByText, absent);
    }
  }

  /** Grounds the images of a task, each with its neighbour, with the executor's model. */
  private record Ground(
      ExecutorModel.Key model,
      String folder,
      String format,
      SplitQuestions.Manner manner,
      boolean withNegatives,
      Counts counts)
      implements FlatMapFunction<Iterator<Tuple2<String, String>>, GroundedImage> {

    @Override
    public Iterator<GroundedImage> call(Iterator<Tuple2<String, String>> ofTask)
        throws IOException {
      List<String> ids = new ArrayList<>();
      List<String> others = new ArrayList<>();
      ofTask.forEachRemaining(
          image -> {
            ids.add(image._1());
            others.add(image._2());
          });
      GroundingDataset data = DatasetFormat.open(Path.of(folder), format);
      SplitGrounding grounding =
          new SplitGrounding(
              data,
              ExecutorModel.get(model).grounder().candidates(),
              step -> counts.photos().add(1));
      List<GroundedImage> images = new ArrayList<>();
      manner
          .of(grounding, new EnglishQueryReader(new OpenNlpCaptionChunker()))
          .run(ids, others, withNegatives, image -> images.add(GroundedImage.of(image)));
      return images.iterator();
    }
  }
}
