package io.deixis.grounding.requests;

import io.deixis.grounding.Threshold;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/**
 * The scores from which boxes count as found by default: {@code deixis.thresholds.*}. A request's
 * own threshold goes before them, and so does what a person chose on the settings page.
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
   * From which score on the best box of a phrase that is not found is shown as a guess: a number
   * from 0 to 1. By default the model's own, which was chosen on validation, or half of its {@code
   * best}.
   */
  Optional<@WithConverter(ThresholdConverter.class) Threshold> unsure();

  /**
   * For phrases of an entity type, by its name ({@code deixis.thresholds.types.people=0.4}): a
   * number from 0 to 1, or {@code best} for the one tuned for this type. Default none.
   */
  Map<String, @WithConverter(ThresholdConverter.class) Threshold> types();
}
