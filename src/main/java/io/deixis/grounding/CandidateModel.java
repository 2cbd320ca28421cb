package io.deixis.grounding;

import io.deixis.geometry.Box;
import io.deixis.geometry.Sized;
import java.util.List;

/**
 * A model as an evaluation sees it, beside {@link Grounder}: its candidates, and its scores before
 * calibration and thresholds. Candidates are found, ranked and refined as for a request.
 */
public interface CandidateModel {

  /**
   * Decodes an image; may be called ahead, in another thread than the rest.
   *
   * @param image the bytes of an encoded image
   * @throws GroundingException if it cannot be decoded
   */
  DecodedImage decode(byte[] image);

  /** An image's pixels, seen upright. */
  interface DecodedImage extends Sized {

    /**
     * Finds the image's candidates.
     *
     * @param width pixels across of the image that boxes are given in
     * @param height pixels down of that image
     */
    EncodedImage encode(int width, int height);
  }

  /** An image's candidates and their features. */
  interface EncodedImage {

    /**
     * Returns the candidates before they are refined for a phrase, in pixels; none if the model
     * finds others for each phrase.
     */
    List<Box> candidates();

    /**
     * Matches phrases with the candidates.
     *
     * @param query phrases, read in their caption if they have one
     * @return one answer for each phrase, in order
     */
    List<PhraseMatches> match(ResolvedQuery query);
  }
}
