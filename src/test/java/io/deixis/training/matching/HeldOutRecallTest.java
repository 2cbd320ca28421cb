package io.deixis.training.matching;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.matching.RandomWeights;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.torch.TorchExtension;
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
import java.util.List;
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
    PhraseTable table = PhraseTable.of(phrases);
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
            4,
            0);
    try (MatchingStage stage =
        new MatchingStage(
            MatchingStage.NAME,
            settings,
            TYPE,
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
}
