package io.deixis.service.demo;

import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Threshold;
import io.deixis.grounding.TypeThresholds;
import java.util.Map;
import java.util.Optional;

/**
 * The thresholds that one showing of the demo page goes by.
 *
 * @param all where the slider stands, in [0, 1]
 * @param types of entity types, in [0, 1]; none if the slider was moved, which then holds for all
 * @param unsureFrom the score from which the best box is a guess worth showing, in [0, 1]
 */
record DemoThresholds(double all, TypeThresholds types, double unsureFrom) {

  /**
   * Decides between what the form says and what holds otherwise.
   *
   * @param form as it was sent
   * @param usual a person's own thresholds, or those of the configuration
   * @param model whose names the form may use
   * @param unsureFrom the score from which the best box is a guess worth showing, in [0, 1]
   */
  static DemoThresholds of(
      DemoForm form, TypeThresholds usual, ModelDescription model, double unsureFrom) {
    Optional<String> moved =
        form.threshold().filter(text -> !text.strip().equals(DemoPage.twoDecimals(usual.all())));
    if (moved.isEmpty()) {
      return new DemoThresholds(usual.all(), usual, unsureFrom);
    }
    double everywhere = Threshold.parse(moved.get()).resolve(model.thresholds());
    return new DemoThresholds(everywhere, new TypeThresholds(everywhere, Map.of()), unsureFrom);
  }
}
