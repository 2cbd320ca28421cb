package io.deixis.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {

  @Test
  void followFromSeedEpochAndBatchAlone() {
    assertThat(new RandomStreams(7).ofBatch(3, 5).nextLong())
        .isEqualTo(new RandomStreams(7).ofBatch(3, 5).nextLong());
    assertThat(new RandomStreams(7).engineSeed(3, 5))
        .isEqualTo(new RandomStreams(7).engineSeed(3, 5));
    assertThat(new RandomStreams(7).ofEpoch(3).nextLong())
        .isEqualTo(new RandomStreams(7).ofEpoch(3).nextLong());
  }

  @Test
  void differWhereverOneOfThemDoes() {
    Set<Long> first = new HashSet<>();
    for (int seed = 0; seed < 5; seed++) {
      for (int epoch = 0; epoch < 10; epoch++) {
        first.add(new RandomStreams(seed).ofEpoch(epoch).nextLong());
        for (int batch = 0; batch < 20; batch++) {
          first.add(new RandomStreams(seed).ofBatch(epoch, batch).nextLong());
        }
      }
    }

    assertThat(first).hasSize(5 * 10 * 21);
  }
}
