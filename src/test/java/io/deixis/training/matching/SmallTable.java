package io.deixis.training.matching;

import ai.djl.Device;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncoderSpec;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.phrases.PhraseCache;
import io.deixis.training.phrases.PhraseVectors;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A few phrases, encoded and kept as a training keeps them. */
final class SmallTable {

  private static final EncoderSpec SPEC = Architecture.STANDARD.phraseEncoder();

  private SmallTable() {}

  /** Encodes phrases to train on into {@code folder}. */
  static PhraseTable of(Path folder, Collection<ContextualPhrase> phrases) {
    return PhraseTable.of(vectors(folder, phrases), new long[0]);
  }

  /** What was encoded before: loading the encoder takes longer than all that it is asked here. */
  private static final Map<Set<ContextualPhrase>, PhraseVectors> ENCODED = new HashMap<>();

  /** Encodes phrases into {@code folder}, unless the same ones were encoded before. */
  static synchronized PhraseVectors vectors(Path folder, Collection<ContextualPhrase> phrases) {
    return ENCODED.computeIfAbsent(Set.copyOf(phrases), same -> encode(folder, same));
  }

  private static PhraseVectors encode(Path folder, Set<ContextualPhrase> phrases) {
    PhraseCache cache =
        new PhraseCache(folder, phrases, PhraseEncoder.fingerprint(SPEC), SPEC.dimension());
    try (PhraseEncoder encoder = PhraseEncoder.load(SPEC, Device.cpu())) {
      cache.complete(encoder, TrainingListener.SILENT);
    }
    return cache.open();
  }
}
