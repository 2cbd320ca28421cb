package io.deixis.grounding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds on what one request may ask, and on how many may ask at once: {@code deixis.limits.*}. */
@ConfigMapping(prefix = "deixis.limits")
public interface GroundingLimits {

  /** Most bytes of an encoded image. Default 20 MiB. */
  @WithDefault("20971520")
  int imageBytes();

  /**
   * Most pixels (width times height) that an image may declare in its header. Default 50 million.
   */
  @WithDefault("50000000")
  long imagePixels();

  /** Most phrases of one request. Default 64. */
  @WithDefault("64")
  int phrases();

  /** Most characters of one phrase. Default 256. */
  @WithDefault("256")
  int phraseCharacters();

  /** Most characters of a caption, markup included. Default 4,096. */
  @WithDefault("4096")
  int captionCharacters();

  /** Most requests that are answered or wait at the same time; more are refused. Default 64. */
  @WithDefault("64")
  int requests();
}
