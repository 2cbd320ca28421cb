package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.phrase.PieceVocabulary;
import io.deixis.files.Sha256;
import io.deixis.training.matching.PhraseTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bundle that a training goes on from: its backbone, what describes its regions and its heads
 * are where the training begins.
 *
 * @param bundle an opened bundle
 */
record ParentBundle(ModelBundle bundle) {

  /** Returns the first head, which also holds what describes regions. */
  TensorFile first() {
    return new TensorFile(bundle.heads().get(0));
  }

  /** Returns what tells this bundle's weights from those of others. */
  String hash() throws IOException {
    return Sha256.of(bundle.file(ModelBundle.MANIFEST));
  }

  /** Returns the word pieces that it knows, as {@link PieceVocabulary} takes them. */
  long[] vocabulary() {
    return first().read().get(ModelBundle.VOCABULARY).longs();
  }

  /**
   * Returns a head's weights. A word piece that the head does not know begins as unknown ones are
   * embedded; every other one keeps its row.
   *
   * @param member its number from 0; where there are fewer, they begin again from the first
   * @param table of the phrases to train on
   */
  Map<String, float[]> head(int member, MatcherType type, PhraseTable table) {
    List<Path> heads = bundle.heads();
    TensorFile head = new TensorFile(heads.get(member % heads.size()));
    long[] known = head.read().get(ModelBundle.VOCABULARY).longs();
    Map<Long, Integer> rowOfPiece = new HashMap<>();
    for (int i = 0; i < known.length; i++) {
      rowOfPiece.put(known[i], i + 1);
    }
    long[] pieces = table.vocabulary().longs();
    Map<String, float[]> weights = new LinkedHashMap<>(head.head(type));
    for (String name : type.embeddings()) {
      float[] embedding = weights.get(name);
      int width = embedding.length / (known.length + 1);
      float[] grown = new float[table.rows() * width];
      for (int row = 0; row < table.rows(); row++) {
        int from = row == 0 ? 0 : rowOfPiece.getOrDefault(pieces[row - 1], 0);
        System.arraycopy(embedding, from * width, grown, row * width, width);
      }
      weights.put(name, grown);
    }
    return weights;
  }
}
