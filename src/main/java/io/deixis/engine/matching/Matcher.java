package io.deixis.engine.matching;

import ai.djl.ndarray.NDArray;

/**
 * Tells which regions a phrase means. A port: another matcher is another implementation with its
 * {@link MatcherType}, registered in {@link MatcherType#KINDS}. Gradients flow through every
 * method, as far as an implementation does not say otherwise.
 *
 * <p>A batch holds B images with P phrases and N regions each.
 */
public interface Matcher {

  /** Returns the width W of the space that phrases and regions are led into. */
  int width();

  /**
   * Leads phrases into the common space.
   *
   * @param sentences vectors of the phrases by themselves [M, phrases]
   * @param contexts vectors of the phrases as read in their sentences [M, phrases]
   * @param pieces the pieces' rows in the trained embedding [M, L], padded with anything
   * @param present 1 for a piece, 0 for padding [M, L, 1]
   * @param dropout share of inputs dropped, 0 outside of training
   * @return [M, W]
   */
  NDArray phrases(
      NDArray sentences, NDArray contexts, NDArray pieces, NDArray present, float dropout);

  /**
   * Leads regions into the common space.
   *
   * @param features descriptions [M, regions]
   * @param dropout share of inputs dropped, 0 outside of training
   * @return [M, W]
   */
  NDArray regions(NDArray features, float dropout);

  /**
   * Asks of every phrase which region of its image it means, and whether it is there at all.
   *
   * @param phrases [B, P, W]
   * @param regions [B, N, W]
   * @param dropout share of inputs dropped, 0 outside of training
   */
  Match match(NDArray phrases, NDArray regions, float dropout);

  /**
   * What a matcher says of phrases and the regions of their images.
   *
   * @param logits by which a phrase's regions are ranked [B, P, N]
   * @param recognition logits that every region by itself is what the phrase says, whichever region
   *     of the image the phrase means [B, P, N]
   * @param presence the logit that what the phrase says is in its image at all [B, P, 1]
   * @param scores the logits, to each phrase's of which one number is added: it changes no order
   *     among an image's regions, but tells scores of different phrases and images apart [B, P, N]
   */
  record Match(NDArray logits, NDArray recognition, NDArray presence, NDArray scores) {}

  /**
   * Returns the offsets that refine every region for every phrase.
   *
   * @param phrases [B, P, W]
   * @param regions [B, N, W]
   * @return [B, P, N, 4]: dx, dy, dw, dh
   */
  NDArray offsets(NDArray phrases, NDArray regions);
}
