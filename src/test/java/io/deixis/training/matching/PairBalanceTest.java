package io.deixis.training.matching;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.training.features.FeatureCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TorchExtension.class)
class PairBalanceTest {

  @TempDir private Path directory;

  @Test
  void countsThePairsOfEveryPhrase(NDManager manager) throws IOException {
    List<TrainingImage> images = SmallCache.write(directory, manager, 3);

    FeatureCache cache = SmallCache.open(directory);

    PairBalance balance = PairBalance.of(images, image -> cache.boxes(image.key()));

    // two phrases in each image, each with one right candidate among twelve
    assertThat(balance).isEqualTo(new PairBalance(6, 66));
    assertThat(balance.positiveWeight(0)).isEqualTo(11);
  }

  @Test
  void theWeightIsCapped() {
    assertThat(new PairBalance(1, 500).positiveWeight(0)).isEqualTo(20);
    assertThat(new PairBalance(0, 500).positiveWeight(0)).isEqualTo(20);
  }

  @Test
  void pairsThatAreDrawnAgainNeedLessWeight() {
    assertThat(new PairBalance(6, 66).positiveWeight(1 / 3.0)).isEqualTo(3);
    assertThat(new PairBalance(6, 66).positiveWeight(1 / 33.0)).isEqualTo(11);
    assertThat(new PairBalance(6, 66).positiveWeight(2)).isEqualTo(0.5f);
  }
}
