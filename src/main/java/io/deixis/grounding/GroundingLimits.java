package io.deixis.grounding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds on what one request may ask: {@code deixis.limits.*}. */
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

  /**
   * Longest time that an answer may take where the request does not say how long its caller waits
   * ({@code X-Request-Timeout}). Default 60 seconds.
   */
  @WithDefault("60s")
  Duration timeout();
}
