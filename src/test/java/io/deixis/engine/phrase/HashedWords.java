package io.deixis.engine.phrase;

import ai.djl.Device;
import io.deixis.language.Span;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A phrase encoder of its own that costs nothing: each word is a random vector that follows from
 * its letters. Most of the time of a small training goes to the usual one.
 */
public final class HashedWords implements PhraseEncoder.Kind {

  /** What the description of a graph says that is trained with this encoder. */
  public static final EncoderSpec SPEC = new EncoderSpec("hashed-words", 32);

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  @Override
  public String name() {
    return SPEC.kind();
  }

  @Override
  public String fingerprint() {
    return "words by their letters";
  }

  @Override
  public PhraseEncoder load(Device device) {
    return new PhraseEncoder() {
      @Override
      public int dimension() {
        return SPEC.dimension();
      }

      @Override
      public long bytes() {
        return 0;
      }

      @Override
      public List<EncodedText> read(List<String> texts) {
        return texts.stream().map(HashedWords::read).toList();
      }

      @Override
      public void close() {}
    };
  }

  /** The first token marks the beginning, as those of BERT do. */
  private static EncodedText read(String text) {
    List<MatchResult> words = WORD.matcher(text.toLowerCase(Locale.ROOT)).results().toList();
    long[] ids = new long[words.size() + 1];
    Span[] places = new Span[ids.length];
    float[] states = new float[ids.length * SPEC.dimension()];
    for (int i = 0; i < ids.length; i++) {
      if (i > 0) {
        MatchResult word = words.get(i - 1);
        places[i] = new Span(word.start(), word.end());
        ids[i] = 1 + Math.floorMod(word.group().hashCode(), 30_000);
      }
      Random random = new Random(ids[i]);
      for (int d = 0; d < SPEC.dimension(); d++) {
        states[i * SPEC.dimension() + d] = (float) random.nextGaussian();
      }
    }
    return new EncodedText(ids, places, states);
  }
}
