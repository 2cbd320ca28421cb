package io.deixis.training.matching;

import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.phrase.PieceVocabulary;
import io.deixis.engine.phrase.SentenceEncoder;
import io.deixis.training.monitor.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All distinct phrases of a training, encoded once by the frozen phrase encoder. */
public final class PhraseTable {

  private static final int BATCH = 128;

  private final Map<String, float[]> sentences = new HashMap<>();
  private final Map<String, long[]> pieces = new HashMap<>();
  private final long[] vocabulary;
  private final PieceVocabulary pieceVocabulary;

  private PhraseTable(
      SentenceEncoder encoder, Collection<String> texts, TrainingListener listener) {
    encode(encoder, texts, listener, sentences, pieces);
    TreeSet<Long> seen = new TreeSet<>();
    pieces.values().forEach(p -> Arrays.stream(p).forEach(seen::add));
    vocabulary = seen.stream().mapToLong(Long::longValue).toArray();
    pieceVocabulary = new PieceVocabulary(vocabulary);
  }

  private PhraseTable(
      SentenceEncoder encoder,
      Collection<String> texts,
      PhraseTable trained,
      TrainingListener listener) {
    encode(encoder, texts, listener, sentences, pieces);
    vocabulary = trained.vocabulary;
    pieceVocabulary = trained.pieceVocabulary;
  }

  private static void encode(
      SentenceEncoder encoder,
      Collection<String> texts,
      TrainingListener listener,
      Map<String, float[]> sentences,
      Map<String, long[]> pieces) {
    List<String> order = new ArrayList<>(new TreeSet<>(texts));
    order.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    for (int from = 0; from < order.size(); from += BATCH) {
      List<String> batch = order.subList(from, Math.min(order.size(), from + BATCH));
      EncodedPhrases encoded = encoder.encode(batch);
      for (int i = 0; i < batch.size(); i++) {
        sentences.put(batch.get(i), encoded.sentences().get(i));
        pieces.put(batch.get(i), encoded.pieces().get(i));
      }
      listener.onStep(
          new TrainingListener.Progress("phrases", from + batch.size(), order.size(), Map.of()));
    }
  }

  /** Encodes phrases; their word pieces are the vocabulary. */
  public static PhraseTable encode(
      SentenceEncoder encoder, Collection<String> texts, TrainingListener listener) {
    return new PhraseTable(encoder, texts, listener);
  }

  /** Encodes phrases that are not trained on: pieces outside of this vocabulary stay unknown. */
  public PhraseTable others(
      SentenceEncoder encoder, Collection<String> texts, TrainingListener listener) {
    return new PhraseTable(encoder, texts, this, listener);
  }

  /** Returns the sentence vector of a phrase. */
  public float[] sentence(String text) {
    return sentences.get(text);
  }

  /** Returns the word pieces of phrases, as rows of the trained embedding. */
  public PieceVocabulary.Batch pieces(List<String> texts) {
    return pieceVocabulary.batch(texts.stream().map(pieces::get).toList());
  }

  /** Returns rows of the trained embedding. */
  public int rows() {
    return pieceVocabulary.rows();
  }

  /** Returns the vocabulary as it is stored in a bundle. */
  public Safetensors.Tensor vocabulary() {
    return Safetensors.Tensor.of(vocabulary);
  }
}
