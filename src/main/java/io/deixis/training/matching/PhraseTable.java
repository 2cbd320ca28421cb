package io.deixis.training.matching;

import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.phrase.ContextualPhrase;
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
import java.util.Optional;
import java.util.TreeSet;

/** All distinct phrases of a training, encoded once by the frozen phrase encoder. */
public final class PhraseTable {

  private static final int BATCH = 128;

  private final Map<String, float[]> sentences = new HashMap<>();
  private final Map<ContextualPhrase, float[]> contexts = new HashMap<>();
  private final Map<String, long[]> pieces = new HashMap<>();
  private final long[] vocabulary;
  private final PieceVocabulary pieceVocabulary;

  private PhraseTable(
      SentenceEncoder encoder, Collection<ContextualPhrase> phrases, TrainingListener listener) {
    read(encoder, phrases, listener);
    TreeSet<Long> seen = new TreeSet<>();
    pieces.values().forEach(p -> Arrays.stream(p).forEach(seen::add));
    vocabulary = seen.stream().mapToLong(Long::longValue).toArray();
    pieceVocabulary = new PieceVocabulary(vocabulary);
  }

  private PhraseTable(
      SentenceEncoder encoder,
      Collection<ContextualPhrase> phrases,
      PhraseTable trained,
      TrainingListener listener) {
    read(encoder, phrases, listener);
    vocabulary = trained.vocabulary;
    pieceVocabulary = trained.pieceVocabulary;
  }

  private void read(
      SentenceEncoder encoder, Collection<ContextualPhrase> phrases, TrainingListener listener) {
    List<String> texts =
        new ArrayList<>(new TreeSet<>(phrases.stream().map(ContextualPhrase::text).toList()));
    texts.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    List<ContextualPhrase> said =
        new ArrayList<>(phrases.stream().filter(phrase -> !phrase.isAlone()).distinct().toList());
    // Those of one sentence come together, so that it is read once or twice.
    said.sort(
        Comparator.comparingInt((ContextualPhrase phrase) -> phrase.sentence().length())
            .thenComparing(ContextualPhrase::sentence)
            .thenComparingInt(ContextualPhrase::start)
            .thenComparing(ContextualPhrase::text));
    int all = texts.size() + said.size();
    for (int from = 0; from < texts.size(); from += BATCH) {
      List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
      EncodedPhrases encoded = encoder.encode(batch);
      for (int i = 0; i < batch.size(); i++) {
        sentences.put(batch.get(i), encoded.sentences().get(i));
        pieces.put(batch.get(i), encoded.pieces().get(i));
        contexts.put(ContextualPhrase.alone(batch.get(i)), encoded.contexts().get(i));
      }
      report(listener, from + batch.size(), all);
    }
    for (int from = 0; from < said.size(); from += BATCH) {
      List<ContextualPhrase> batch = said.subList(from, Math.min(said.size(), from + BATCH));
      List<Optional<float[]>> read = encoder.contexts(batch);
      for (int i = 0; i < batch.size(); i++) {
        ContextualPhrase phrase = batch.get(i);
        float[] alone = contexts.get(ContextualPhrase.alone(phrase.text()));
        contexts.put(phrase, read.get(i).orElse(alone));
      }
      report(listener, texts.size() + from + batch.size(), all);
    }
  }

  private static void report(TrainingListener listener, int done, int all) {
    listener.onStep(new TrainingListener.Progress("phrases", done, all, Map.of()));
  }

  /** Encodes phrases; their word pieces are the vocabulary. */
  public static PhraseTable encode(
      SentenceEncoder encoder, Collection<ContextualPhrase> phrases, TrainingListener listener) {
    return new PhraseTable(encoder, phrases, listener);
  }

  /** Encodes phrases that are not trained on: pieces outside of this vocabulary stay unknown. */
  public PhraseTable others(
      SentenceEncoder encoder, Collection<ContextualPhrase> phrases, TrainingListener listener) {
    return new PhraseTable(encoder, phrases, this, listener);
  }

  /** Returns the sentence vector of a phrase. */
  public float[] sentence(String text) {
    return sentences.get(text);
  }

  /** Returns the vector of a phrase as read in its sentence. */
  public float[] context(ContextualPhrase phrase) {
    return contexts.get(phrase);
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
