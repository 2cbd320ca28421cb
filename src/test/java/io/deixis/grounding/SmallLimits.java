package io.deixis.grounding;

import java.time.Duration;

/** Limits that tests reach soon. */
public record SmallLimits() implements GroundingLimits {

  @Override
  public int imageBytes() {
    return 4;
  }

  @Override
  public long imagePixels() {
    return 1;
  }

  @Override
  public int phrases() {
    return 3;
  }

  @Override
  public int phraseCharacters() {
    return 10;
  }

  @Override
  public int captionCharacters() {
    return 60;
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(60);
  }
}
