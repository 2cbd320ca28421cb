package io.deixis.training.proposals;

import io.deixis.training.loop.Plan;
import java.util.List;

/**
 * How proposals and backbone are fine-tuned.
 *
 * @param images most images to train on
 * @param plan how the weights are moved; its learning rate is the decoder's
 * @param backboneScale share of that rate given to backbone and map encoder
 */
public record ProposalSettings(int images, Plan plan, float backboneScale) {

  /** The settings of the published bundle. */
  public static final ProposalSettings DEFAULTS =
      new ProposalSettings(
          3200, new Plan(List.of(new Plan.Phase(1, 1e-4f, 0)), 16, 50, 1, 0.98f, 1, 7), 0.2f);
}
