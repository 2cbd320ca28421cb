package io.deixis.grounding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.Map;

/**
 * The scores from which boxes count as found where nobody says otherwise: {@code
 * deixis.thresholds.*}. A request's own threshold goes before them, and so does what a person chose
 * on the settings page.
 */
@ConfigMapping(prefix = "deixis.thresholds")
public interface ThresholdConfig {

  /**
   * For all phrases: {@code best} (tuned for the best F1), {@code default} (0.5) or a number from 0
   * to 1. Default {@code best}.
   */
  @WithDefault("best")
  @WithConverter(ThresholdConverter.class)
  Threshold all();

  /**
   * For phrases of an entity type, by its name ({@code deixis.thresholds.types.people=0.4}): a
   * number from 0 to 1, or {@code best} for the one tuned for this type. Default none.
   */
  Map<String, @WithConverter(ThresholdConverter.class) Threshold> types();
}
