package io.deixis.training.joint;

import io.deixis.training.loop.Plan;
import java.util.List;

/**
 * How backbone, projection and matching head are trained together.
 *
 * @param plan how the weights are moved, its learning rate the head's; no epoch leaves the stage
 *     out
 * @param relations most phrases made from annotations drawn for an image and step
 * @param candidates most candidates drawn for an image and step
 * @param decoderScale share of the learning rate given to what proposes regions
 * @param backboneScale share given to backbone and map encoder
 * @param proposalWeight weight of the proposals' loss beside the phrases'
 */
public record JointSettings(
    Plan plan,
    int relations,
    int candidates,
    float decoderScale,
    float backboneScale,
    float proposalWeight) {

  /** The settings of the published bundle. */
  public static final JointSettings DEFAULTS =
      new JointSettings(
          new Plan(List.of(new Plan.Phase(0, 2.5e-4f, 0.1f)), 8, 100, 5, 0.99f, 5, 7),
          3,
          80,
          0.2f,
          0.1f,
          0.3f);

  /** Returns the same settings with another plan. */
  public JointSettings with(Plan other) {
    return new JointSettings(
        other, relations, candidates, decoderScale, backboneScale, proposalWeight);
  }
}
