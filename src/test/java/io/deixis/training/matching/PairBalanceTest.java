package io.deixis.training.matching;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.deixis.engine.torch.TorchExtension;
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

    PairBalance balance = PairBalance.of(images, SmallCache.open(directory));

    // two phrases in each image, each with one right candidate among twelve
    assertThat(balance).isEqualTo(new PairBalance(6, 66));
    assertThat(balance.positiveWeight()).isEqualTo(11);
  }

  @Test
  void theWeightIsCapped() {
    assertThat(new PairBalance(1, 500).positiveWeight()).isEqualTo(20);
    assertThat(new PairBalance(0, 500).positiveWeight()).isEqualTo(20);
  }
}
