package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.matching.Matcher;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.PieceVocabulary;
import java.util.List;

/**
 * Phrases as a matching head takes them, R of them.
 *
 * @param sentences vectors of the phrases by themselves [R, D]
 * @param contexts vectors of the phrases as read in their sentences [R, D]
 * @param pieces rows of word pieces [R, L]
 * @param present which of them are no padding [R, L, 1]
 */
record PhraseBatch(NDArray sentences, NDArray contexts, NDArray pieces, NDArray present) {

  /** Looks up phrases, which the table has. */
  static PhraseBatch of(NDManager manager, PhraseTable table, List<ContextualPhrase> phrases) {
    List<String> texts = phrases.stream().map(ContextualPhrase::text).toList();
    PieceVocabulary.Batch pieces = table.pieces(texts);
    return new PhraseBatch(
        manager.create(texts.stream().map(table::sentence).toArray(float[][]::new)),
        manager.create(phrases.stream().map(table::context).toArray(float[][]::new)),
        manager.create(pieces.rows(), pieces.shape()),
        manager.create(pieces.present(), pieces.shape().add(1)));
  }

  /**
   * Returns the phrases in the head's space.
   *
   * @param images B, which share them equally
   * @param dropout share of the head's inputs dropped
   * @return [B, R / B, width]
   */
  NDArray encoded(Matcher head, int images, float dropout) {
    return head.phrases(sentences, contexts, pieces, present, dropout)
        .reshape(images, sentences.getShape().get(0) / images, head.width());
  }
}
