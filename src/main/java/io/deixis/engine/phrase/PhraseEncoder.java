package io.deixis.engine.phrase;

import ai.djl.Device;
import io.deixis.engine.torch.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns phrases into vectors. A port: another encoder is another implementation with its {@link
 * Kind}, registered in {@link #KINDS}. Implementations are thread-safe.
 */
public interface PhraseEncoder extends AutoCloseable {

  /** An encoder that is not loaded yet. */
  interface Kind {

    /** Loads it, as {@link PhraseEncoder#load}. */
    PhraseEncoder load(Device device);

    /** Tells its weights and tokenizer from others, as {@link PhraseEncoder#fingerprint}. */
    String fingerprint();
  }

  /** The encoders by name. */
  Map<String, Kind> KINDS = Map.of(MiniLmEncoder.NAME, new MiniLmEncoder.Artifact());

  /**
   * Loads the encoder that is described.
   *
   * @param device where it runs
   * @throws EngineException if it is not known or cannot be loaded, or its vectors are of another
   *     length than described
   */
  static PhraseEncoder load(EncoderSpec spec, Device device) {
    PhraseEncoder encoder = kind(spec).load(device);
    if (encoder.dimension() == spec.dimension()) {
      return encoder;
    }
    encoder.close();
    throw new EngineException(
        "The phrase encoder %s gives vectors of %d numbers where %d are described; train the bundle again."
            .formatted(spec.kind(), encoder.dimension(), spec.dimension()),
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
          "There is no phrase encoder \"%s\", only %s; use the version of Deixis that wrote the bundle."
              .formatted(spec.kind(), KINDS.keySet()),
          null);
    }
    return kind;
  }

  /** Returns the length of a vector. */
  int dimension();

  /** Encodes phrases that stand by themselves, all as one batch. */
  EncodedPhrases encode(List<String> phrases);

  /**
   * Encodes the sentences that phrases stand in, each once.
   *
   * @return for each phrase the vector of its words as read there, L2-normalised; nothing where the
   *     sentence is so long that the phrase is cut off
   */
  List<Optional<float[]>> contexts(List<ContextualPhrase> phrases);

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
