package io.deixis.training.phrases;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorTest {

  @ParameterizedTest
  @CsvSource({
    "the man on the left, the man on the right",
    "right hand, left hand",
    "the leftmost dog, the rightmost dog",
    "left of the right one, right of the left one",
    "a bright red ball, a bright red ball",
    "the leftover food, the leftover food"
  })
  void leftIsRight(String text, String mirrored) {
    assertThat(Mirror.of(text)).isEqualTo(mirrored);
    assertThat(Mirror.of(mirrored)).isEqualTo(text);
  }
}
