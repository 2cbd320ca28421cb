package io.deixis.archive;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.evaluation.GroundedImages;
import io.deixis.evaluation.ModelEvaluation;
import io.deixis.evaluation.SplitGrounding;
import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Grounds the images of a split in the executors, which read the data set from the same folder as
 * the driver. Of each phrase the boxes that count come back, not all candidates.
 *
 * @param spark the job
 * @param model what to ground with
 * @param folder of the data set
 * @param format its name, or null to recognise it
 */
record SplitOnSpark(JavaSparkContext spark, ExecutorModel.Key model, Path folder, String format)
    implements GroundedImages {

  private static final int IMAGES_OF_A_TASK = 50;

  @Override
  public void run(
      List<String> ids, boolean withNegatives, Consumer<SplitGrounding.Grounded> consumer) {
    if (withNegatives) {
      throw new UnsupportedOperationException("Phrases that are absent are not asked for here");
    }
    GroundingDataset data = DatasetFormat.open(folder, format);
    int tasks = Math.max(spark.defaultParallelism(), ids.size() / IMAGES_OF_A_TASK);
    Counts counts = Counts.of(spark.sc());
    try (Progress progress = Progress.of(counts, ids.size(), spark.sc())) {
      spark
          .parallelize(ids, Math.max(1, Math.min(ids.size(), tasks)))
          .mapPartitions(new Ground(model, folder.toString(), format, counts))
          .collect()
          .forEach(image -> consumer.accept(image.of(data.read(image.id))));
    }
  }

  /** Boxes and their scores, edges and logits one after the other. */
  private record Boxes(double[] edges, float[] logits) implements Serializable {

    static Boxes of(List<Box> boxes, List<Float> logits) {
      double[] edges =
          boxes.stream()
              .flatMapToDouble(
                  box -> java.util.stream.DoubleStream.of(box.x1(), box.y1(), box.x2(), box.y2()))
              .toArray();
      float[] scores = new float[logits.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = logits.get(i);
      }
      return new Boxes(edges, scores);
    }

    List<Box> boxes() {
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
      return new PhraseMatches(boxes(), scores, scores, 1); // duplicates are gone already
    }
  }

  /** What comes back of an image: its candidates, and the boxes of its phrases in their order. */
  private record GroundedImage(String id, Boxes candidates, List<Boxes> phrases)
      implements Serializable {

    static GroundedImage of(SplitGrounding.Grounded grounded) {
      List<Boxes> phrases = new ArrayList<>();
      for (GroundTruth truth : grounded.image().groundTruth()) {
        PhraseMatches best = grounded.matches().get(truth).best(ModelEvaluation.OPTIONS);
        phrases.add(Boxes.of(best.boxes(), best.logits()));
      }
      return new GroundedImage(
          grounded.image().id(), Boxes.of(grounded.candidates(), List.of()), phrases);
    }

    SplitGrounding.Grounded of(AnnotatedImage image) {
      Map<GroundTruth, PhraseMatches> matches = new HashMap<>();
      List<GroundTruth> truths = image.groundTruth();
      for (int i = 0; i < truths.size(); i++) {
        matches.put(truths.get(i), phrases.get(i).matches());
      }
      return new SplitGrounding.Grounded(image, candidates.boxes(), matches, Map.of(), Map.of());
    }
  }

  /** Grounds the images of a task with the executor's model. */
  private record Ground(ExecutorModel.Key model, String folder, String format, Counts counts)
      implements FlatMapFunction<Iterator<String>, GroundedImage> {

    @Override
    public Iterator<GroundedImage> call(Iterator<String> ids) throws IOException {
      GroundingDataset data = DatasetFormat.open(Path.of(folder), format);
      List<String> ofTask = new ArrayList<>();
      ids.forEachRemaining(ofTask::add);
      List<GroundedImage> images = new ArrayList<>();
      new SplitGrounding(
              data,
              ExecutorModel.get(model).grounder().candidates(),
              step -> counts.photos().add(1))
          .run(ofTask, false, grounded -> images.add(GroundedImage.of(grounded)));
      return images.iterator();
    }
  }
}
