package io.deixis.engine.phrase;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.deixis.dataset.siblings.SiblingPhrases;
import io.deixis.dataset.siblings.WordRivals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes phrases together with what their words compete with. A rival is encoded by itself and
 * remembered, so that the words people use most are encoded once. Thread-safe.
 */
public final class RivalEncoder {

  /** Some 3 KB each. */
  private static final int REMEMBERED = 4096;

  private final PhraseEncoder encoder;
  private final int most;
  private final Cache<String, EncodedPhrases> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  /**
   * Encodes by an encoder, which stays the caller's.
   *
   * @param most rivals of a word; 0 for none
   */
  public RivalEncoder(PhraseEncoder encoder, int most) {
    this.encoder = encoder;
    this.most = most;
  }

  /** Encodes phrases and the sentences they stand in, and their rivals after them, each once. */
  public EncodedPhrases encode(List<ContextualPhrase> phrases) {
    EncodedPhrases asked = encoder.encodeInContext(phrases);
    if (most == 0) {
      return asked;
    }
    List<float[]> sentences = new ArrayList<>(asked.sentences());
    List<float[]> contexts = new ArrayList<>(asked.contexts());
    List<long[]> pieces = new ArrayList<>(asked.pieces());
    Map<String, Integer> positions = new LinkedHashMap<>();
    List<List<EncodedPhrases.Rivals>> rivals = new ArrayList<>();
    for (ContextualPhrase phrase : phrases) {
      List<EncodedPhrases.Rivals> ofPhrase = new ArrayList<>();
      for (WordRivals word : SiblingPhrases.rivals(phrase.text(), most)) {
        List<Integer> numbers = new ArrayList<>();
        List<String> texts = new ArrayList<>(word.others());
        texts.add(word.own());
        for (String text : texts) {
          if (!positions.containsKey(text)) {
            EncodedPhrases rival = remembered.get(text, one -> encoder.encode(List.of(one)));
            positions.put(text, sentences.size());
            sentences.addAll(rival.sentences());
            contexts.addAll(rival.contexts());
            pieces.addAll(rival.pieces());
          }
          numbers.add(positions.get(text));
        }
        int own = numbers.remove(numbers.size() - 1);
        ofPhrase.add(new EncodedPhrases.Rivals(own, List.copyOf(numbers)));
      }
      rivals.add(List.copyOf(ofPhrase));
    }
    return new EncodedPhrases(sentences, contexts, pieces, rivals);
  }
}
