package io.deixis.engine.phrase;

import ai.djl.Device;
import io.deixis.engine.torch.EngineException;
import io.deixis.language.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns phrases into vectors. A port: another encoder is another implementation with its {@link
 * Kind}, registered in {@link #KINDS} or, from another jar, by a line in its {@code
 * META-INF/services}. Implementations are thread-safe.
 */
public interface PhraseEncoder extends AutoCloseable {

  /** An encoder that is not loaded yet. */
  interface Kind {

    /** Returns the name by which bundles and descriptions of graphs ask for it. */
    String name();

    /** Loads it anew, as {@link PhraseEncoder#load}. */
    PhraseEncoder load(Device device);

    /** Tells its weights and tokenizer from others, as {@link PhraseEncoder#fingerprint}. */
    String fingerprint();
  }

  /** The encoders by name. */
  Map<String, Kind> KINDS =
      Stream.concat(
              Stream.of(new MiniLmEncoder.Artifact()),
              ServiceLoader.load(Kind.class, PhraseEncoder.class.getClassLoader()).stream()
                  .map(ServiceLoader.Provider::get))
          .collect(Collectors.toUnmodifiableMap(Kind::name, Function.identity()));

  /**
   * Loads the encoder that is described, or shares it with those who have it: what is returned is
   * the caller's to close, and the encoder stays loaded until the last one has closed it.
   *
   * @param device where it runs
   * @throws EngineException if it is not known or cannot be loaded, or its vectors are of another
   *     length than described
   */
  static PhraseEncoder load(EncoderSpec spec, Device device) {
    PhraseEncoder encoder = SharedEncoder.of(kind(spec), device);
    if (encoder.dimension() == spec.dimension()) {
      return encoder;
    }
    encoder.close();
    throw new EngineException(
        "The phrase encoder %s gives vectors of %d numbers where %d are described"
            .formatted(spec.kind(), encoder.dimension(), spec.dimension()),
        "train the bundle again.",
        null);
  }

  /**
   * Returns what tells an encoder from others: hashes of its weights and tokenizer.
   *
   * @throws EngineException if it is not known or cannot be read
   */
  static String fingerprint(EncoderSpec spec) {
    return kind(spec).fingerprint();
  }

  private static Kind kind(EncoderSpec spec) {
    Kind kind = KINDS.get(spec.kind());
    if (kind == null) {
      throw new EngineException(
          "There is no phrase encoder \"%s\", only %s".formatted(spec.kind(), KINDS.keySet()),
          "use the version of Deixis that wrote the bundle.",
          null);
    }
    return kind;
  }

  /** Returns the length of a vector. */
  int dimension();

  /** Returns the bytes that its weights take. */
  long bytes();

  /** Reads texts, all as one batch. */
  List<EncodedText> read(List<String> texts);

  /** Encodes phrases that stand by themselves, all as one batch. */
  default EncodedPhrases encode(List<String> phrases) {
    List<EncodedText> read = read(phrases);
    List<float[]> words = new ArrayList<>(read.size());
    for (int i = 0; i < read.size(); i++) {
      EncodedText text = read.get(i);
      Span tokens = text.inside(0, phrases.get(i).length());
      // A phrase without a word that the tokenizer knows still has its marks.
      words.add(tokens.end() == 0 ? text.mean() : text.mean(tokens));
    }
    return new EncodedPhrases(
        read.stream().map(EncodedText::mean).toList(),
        words,
        read.stream().map(EncodedText::pieces).toList());
  }

  /**
   * Encodes the sentences that phrases stand in, each once.
   *
   * @return for each phrase the mean vector of its tokens as read there, L2-normalised; nothing
   *     where the sentence is so long that the phrase is cut off
   */
  default List<Optional<float[]>> contexts(List<ContextualPhrase> phrases) {
    List<String> sentences = phrases.stream().map(ContextualPhrase::sentence).distinct().toList();
    List<EncodedText> read = read(sentences);
    List<Optional<float[]>> contexts = new ArrayList<>(phrases.size());
    for (ContextualPhrase phrase : phrases) {
      EncodedText sentence = read.get(sentences.indexOf(phrase.sentence()));
      Span tokens = sentence.inside(phrase.start(), phrase.end());
      contexts.add(tokens.end() == 0 ? Optional.empty() : Optional.of(sentence.mean(tokens)));
    }
    return contexts;
  }

  /** Encodes phrases and the sentences they stand in. */
  default EncodedPhrases encodeInContext(List<ContextualPhrase> phrases) {
    EncodedPhrases alone = encode(phrases.stream().map(ContextualPhrase::text).toList());
    List<ContextualPhrase> inSentence =
        phrases.stream().filter(phrase -> !phrase.isAlone()).toList();
    if (inSentence.isEmpty()) {
      return alone;
    }
    List<Optional<float[]>> read = contexts(inSentence);
    List<float[]> contexts = new ArrayList<>(alone.contexts());
    int next = 0;
    for (int i = 0; i < phrases.size(); i++) {
      if (!phrases.get(i).isAlone()) {
        int at = i;
        read.get(next++).ifPresent(vector -> contexts.set(at, vector));
      }
    }
    return new EncodedPhrases(alone.sentences(), contexts, alone.pieces());
  }

  @Override
  void close();
}
