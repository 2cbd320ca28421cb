package io.deixis.training.matching;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.RegionModel;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.matching.Matcher;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.matching.RandomWeights;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.PieceVocabulary;
import io.deixis.engine.region.BoxTensors;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundingOptions;
import io.deixis.metrics.RecallAtK;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.loop.Plan;
import io.deixis.training.loop.Trainer;
import io.deixis.training.phrases.PhraseVectors;
import io.deixis.training.work.Checkpoints;
import io.deixis.training.work.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TorchExtension.class)
class HeldOutRecallTest {

  private static final MatcherType TYPE = Architecture.STANDARD.matcherType();

  @TempDir private Path directory;

  @Test
  void risesOnImagesThatWereNotTrainedOn(NDManager manager) throws IOException {
    List<TrainingImage> images = SmallCache.write(directory, manager, 40);
    FeatureCache cache = SmallCache.open(directory);
    PhraseVectors phrases =
        SmallTable.vectors(directory.resolve("phrases"), SmallCache.phrases(images));
    PhraseTable table = PhraseTable.of(phrases, new long[0]);
    PhraseTable heldOutTable = table.others(phrases);
    HeldOutRecall recall =
        new HeldOutRecall(TYPE, images.subList(0, 10), cache, heldOutTable, Device.cpu());
    List<Double> recalls = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(Progress progress) {}

          @Override
          public void onEpoch(Epoch epoch) {
            recalls.add(epoch.recall());
          }
        };
    HeadSettings settings =
        new HeadSettings(
            new Plan(List.of(new Plan.Phase(30, 1e-3f, 0)), 5, 100, 5, 0.99f, 5, 1),
            SmallCache.CANDIDATES,
            2,
            0,
            0,
            new PositiveWeight(4),
            0,
            0,
            List.of());
    try (MatchingStage stage =
        new MatchingStage(
            MatchingStage.NAME,
            settings,
            TYPE,
            Map.of(),
            cache,
            table,
            List.of(images.subList(10, 40)),
            recall,
            0,
            Device.cpu())) {
      Checkpoints checkpoints =
          new Checkpoints(directory.resolve("checkpoint"), new Fingerprint(), 100);
      new Trainer(checkpoints, listener).fit(stage);
    }

    assertThat(recalls).hasSize(30);
    assertThat(recalls.get(0)).isBetween(0.0, 0.9);
    assertThat(recalls.get(29)).isGreaterThan(0.8).isGreaterThan(recalls.get(0));
  }

  @Test
  void thereIsNoneWithoutImages(NDManager manager) throws IOException {
    SmallCache.write(directory, manager, 1);
    PhraseTable table =
        SmallTable.of(directory.resolve("phrases"), List.of(ContextualPhrase.alone("a dog")));
    HeldOutRecall recall =
        new HeldOutRecall(TYPE, List.of(), SmallCache.open(directory), table, Device.cpu());

    assertThat(recall.of(RandomWeights.of(table.rows(), 1))).isEmpty();
  }

  /** Many candidates lie on each other, so that the highest logit is often not the best answer. */
  @Test
  void ranksAsAnswersDo(NDManager manager) throws IOException {
    int count = 30;
    Random random = new Random(5);
    List<String> keys = IntStream.range(0, count).mapToObj(i -> "image" + i).toList();
    List<float[]> allBoxes = new ArrayList<>();
    List<NDArray> allFeatures = new ArrayList<>();
    int size = Architecture.STANDARD.regions().size();
    try (FeatureCache.Writer writer = new FeatureCache.Writer(directory, "made up", keys)) {
      for (int i = 0; i < count; i++) {
        float[] boxes = new float[SmallCache.CANDIDATES * 4];
        float[][] features = new float[SmallCache.CANDIDATES][size];
        for (int c = 0; c < SmallCache.CANDIDATES; c++) {
          float x = random.nextFloat() / 4;
          float y = random.nextFloat() / 4;
          System.arraycopy(new float[] {x, y, x + .5f, y + .5f}, 0, boxes, c * 4, 4);
          for (int k = 0; k < size; k++) {
            features[c][k] = (float) random.nextGaussian();
          }
        }
        NDArray half = manager.create(features).toType(DataType.FLOAT16, false);
        writer.add(boxes, half.toByteBuffer());
        allBoxes.add(boxes);
        allFeatures.add(half.toType(DataType.FLOAT32, false));
      }
      writer.finish();
    }
    ContextualPhrase phrase = new ContextualPhrase("a dog", "a dog", 0, 5);
    PhraseTable table =
        SmallTable.of(
            directory.resolve("phrases"), List.of(phrase, ContextualPhrase.alone("a dog")));
    Map<String, float[]> weights = RandomWeights.of(table.rows(), 3);
    Map<String, NDArray> tensors = new HashMap<>();
    TYPE.shapes(table.rows())
        .forEach((name, shape) -> tensors.put(name, manager.create(weights.get(name), shape)));
    Matcher head = TYPE.create(tensors);
    List<TrainingImage> images = new ArrayList<>();
    int otherwise = 0;
    for (int i = 0; i < count; i++) {
      NDArray regions = head.regions(allFeatures.get(i), 0).expandDims(0);
      PieceVocabulary.Batch pieces = table.pieces(List.of("a dog"));
      NDArray phrases =
          head.phrases(
                  manager.create(new float[][] {table.sentence("a dog")}),
                  manager.create(new float[][] {table.context(phrase)}),
                  manager.create(pieces.rows(), pieces.shape()),
                  manager.create(pieces.present(), pieces.shape().add(1)),
                  0)
              .expandDims(0);
      float[] logits = head.match(phrases, regions, 0).logits().toFloatArray();
      float[] refined =
          BoxTensors.refine(
                  manager.create(allBoxes.get(i), new Shape(1, 1, SmallCache.CANDIDATES, 4)),
                  head.offsets(phrases, regions))
              .toFloatArray();
      List<Box> boxes = new ArrayList<>();
      int highest = 0;
      for (int c = 0; c < SmallCache.CANDIDATES; c++) {
        boxes.add(HeadBatch.box(refined, c * 4).clampedTo(1, 1));
        highest = logits[c] > logits[highest] ? c : highest;
      }
      Box answer = RegionModel.ranked(boxes, logits).best(GroundingOptions.DEFAULTS).boxes().get(0);
      // A hit of the answer, and of no box that is not nearly the same.
      if (boxes.get(highest).iou(answer) < RecallAtK.STANDARD_IOU) {
        otherwise++;
      }
      images.add(
          new TrainingImage(
              keys.get(i),
              List.of(
                  new TrainingPhrase(
                      "a dog", List.of(), List.of(phrase), List.of(answer), 1, List.of())),
              List.of(),
              Set.of()));
    }

    assertThat(otherwise).as("images where the highest logit misses").isPositive();
    assertThat(
            new HeldOutRecall(
                    TYPE, images, FeatureCache.open(directory, "made up"), table, Device.cpu())
                .of(weights))
        .hasValue(1);
  }
}
