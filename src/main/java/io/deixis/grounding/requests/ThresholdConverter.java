package io.deixis.grounding.requests;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Threshold;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a threshold of the configuration. */
public final class ThresholdConverter implements Converter<Threshold> {

  @Override
  public Threshold convert(String value) {
    try {
      return Threshold.parse(value);
    } catch (GroundingException unreadable) {
      throw new IllegalArgumentException(
          "A threshold is \"best\", \"default\" or a number from 0 to 1.", unreadable);
    }
  }
}
