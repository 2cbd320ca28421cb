package io.deixis.engine;

import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.geometry.Box;
import io.deixis.grounding.CandidateModel;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.ResolvedQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * The candidates of a model in this process.
 *
 * @param model the model; not closed by this
 * @param decoder decodes what it is asked about
 */
public record LocalCandidates(GroundingModel model, ImageDecoder decoder)
    implements CandidateModel {

  private static final int MOST_BYTES = 64 << 20;
  private static final long MOST_PIXELS = 100_000_000L;
  private static final int PHRASES_AT_ONCE = 64;

  /** Takes images of up to 64 MiB and 100 megapixels. */
  public LocalCandidates(GroundingModel model) {
    this(model, new ImageDecoder(MOST_BYTES, MOST_PIXELS));
  }

  @Override
  public DecodedImage decode(byte[] image) {
    return new Decoded(decoder.decode(image));
  }

  private final class Decoded implements DecodedImage {

    private final UprightImage pixels;

    Decoded(UprightImage pixels) {
      this.pixels = pixels;
    }

    @Override
    public int width() {
      return pixels.width();
    }

    @Override
    public int height() {
      return pixels.height();
    }

    @Override
    public EncodedImage encode(int width, int height) {
      return new Encoded(model.encode(pixels).ofSize(width, height));
    }
  }

  private final class Encoded implements EncodedImage {

    private final ImageFeatures features;

    Encoded(ImageFeatures features) {
      this.features = features;
    }

    @Override
    public List<Box> candidates() {
      return model.candidates(features);
    }

    @Override
    public List<PhraseMatches> match(ResolvedQuery query) {
      List<ContextualPhrase> phrases = ContextualPhrase.of(query);
      List<PhraseMatches> matches = new ArrayList<>(phrases.size());
      for (int from = 0; from < phrases.size(); from += PHRASES_AT_ONCE) {
        int to = Math.min(phrases.size(), from + PHRASES_AT_ONCE);
        matches.addAll(model.match(features, phrases.subList(from, to)));
      }
      return matches;
    }
  }
}
