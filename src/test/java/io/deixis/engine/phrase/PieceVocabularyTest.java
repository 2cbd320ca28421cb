package io.deixis.engine.phrase;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceVocabularyTest {

  private final PieceVocabulary vocabulary = new PieceVocabulary(new long[] {1037, 3899, 2482});

  @Test
  void hasARowForEachPieceAndOneForAllOthers() {
    assertThat(vocabulary.rows()).isEqualTo(4);
  }

  @Test
  void padsPhrasesToTheLongest() {
    PieceVocabulary.Batch batch =
        vocabulary.batch(List.of(new long[] {1037, 3899}, new long[] {2482}, new long[] {}));

    assertThat(batch.shape()).isEqualTo(new Shape(3, 2));
    assertThat(batch.rows()).containsExactly(1, 2, 3, 0, 0, 0);
    assertThat(batch.present()).containsExactly(1, 1, 1, 0, 0, 0);
  }

  @Test
  void unseenPiecesShareRowZeroAndAreNoPadding() {
    PieceVocabulary.Batch batch = vocabulary.batch(List.of(new long[] {9999, 1037, 8888}));

    assertThat(batch.rows()).containsExactly(0, 1, 0);
    assertThat(batch.present()).containsExactly(1, 1, 1);
  }

  @Test
  void phrasesWithoutPiecesStillHaveAColumn() {
    assertThat(vocabulary.batch(List.of(new long[] {}, new long[] {})).shape())
        .isEqualTo(new Shape(2, 1));
  }
}
