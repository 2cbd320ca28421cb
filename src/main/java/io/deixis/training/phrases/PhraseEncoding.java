package io.deixis.training.phrases;

import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.runlog.TrainingListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Encodes phrases chunk by chunk, in order, and tells how far it is. */
final class PhraseEncoding {

  private static final int BATCH = 128;

  private final PhraseEncoder encoder;
  private final TrainingListener listener;
  private final int all;
  private int done;

  PhraseEncoding(PhraseEncoder encoder, PhraseOrder order, TrainingListener listener) {
    this.encoder = encoder;
    this.listener = listener;
    this.all = order.size();
  }

  /** Returns the chunk of texts by themselves, as {@link TextVectors} reads it. */
  ByteBuffer texts(List<String> chunk) {
    EncodedPhrases encoded =
        new EncodedPhrases(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (List<String> batch : PhraseOrder.parts(chunk, BATCH)) {
      EncodedPhrases ofBatch = encoder.encode(batch);
      encoded.sentences().addAll(ofBatch.sentences());
      encoded.contexts().addAll(ofBatch.contexts());
      encoded.pieces().addAll(ofBatch.pieces());
      report(batch.size());
    }
    return TextVectors.chunk(encoded);
  }

  /**
   * Returns a chunk's vectors as read in the sentences. Of phrases that are cut off a long sentence
   * those of their words alone are taken.
   */
  ByteBuffer said(List<ContextualPhrase> chunk, TextVectors alone) {
    ByteBuffer vectors = VectorChunks.allocate(chunk.size() * encoder.dimension() * Float.BYTES);
    for (List<ContextualPhrase> batch : PhraseOrder.parts(chunk, BATCH)) {
      List<Optional<float[]>> read = encoder.contexts(batch);
      for (int i = 0; i < batch.size(); i++) {
        String text = batch.get(i).text();
        VectorChunks.put(vectors, read.get(i).orElseGet(() -> alone.words(text)));
      }
      report(batch.size());
    }
    return vectors.flip();
  }

  /** Leaves out encodings that are there already. */
  void skip(int encodings) {
    done += encodings;
  }

  private void report(int encodings) {
    done += encodings;
    listener.onStep(new TrainingListener.Progress("phrases", done, all, Map.of()));
  }
}
