package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AurocTest {

  @Test
  void countsPairsInTheRightOrderAndTiesHalf() {
    Auroc auroc = new Auroc();
    auroc.update(0.9, true);
    auroc.update(0.5, true);
    auroc.update(0.5, false);
    auroc.update(0.7, false);

    // .9 beats both, .5 ties with one and loses to the other
    assertThat(auroc.compute()).isEqualTo(2.5 / 4);
  }

  @Test
  void agreesWithCountingAllPairs() {
    Random random = new Random(5);
    Auroc auroc = new Auroc();
    List<Integer> positives = new ArrayList<>();
    List<Integer> negatives = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      boolean positive = random.nextInt(4) == 0;
      int score = random.nextInt(20) + (positive ? 5 : 0);
      auroc.update(score, positive);
      (positive ? positives : negatives).add(score);
    }

    double wins = 0;
    for (int positive : positives) {
      for (int negative : negatives) {
        wins += positive > negative ? 1 : positive == negative ? 0.5 : 0;
      }
    }
    assertThat(auroc.compute())
        .isCloseTo(wins / positives.size() / negatives.size(), within(1e-12));
  }

  @Test
  void needsBothLabels() {
    Auroc auroc = new Auroc();
    auroc.update(0.5, true);

    assertThatIllegalStateException().isThrownBy(auroc::compute);
  }

  @Test
  void refusesAScoreThatIsNoNumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Auroc().update(Double.NaN, true))
        .withMessageContaining("finite");
  }
}
