package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CocoResultTest {

  @Test
  void boxesAreCornerAndSize() {
    assertThat(CocoResult.of(AnswerDocument.of(Answers.manInHat()), 7))
        .hasSize(2)
        .allSatisfy(result -> assertThat(result.imageId()).isEqualTo(7))
        .allSatisfy(result -> assertThat(result.categoryId()).isEqualTo(1))
        .first()
        .satisfies(result -> assertThat(result.bbox()).containsExactly(10.0, 20.1, 290.6, 449.9));
  }
}
