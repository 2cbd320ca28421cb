package io.deixis.training;

import io.deixis.training.joint.JointSettings;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.proposals.ProposalSettings;

/**
 * How a bundle is made.
 *
 * @param version the bundle's version
 * @param heldOut so many images of the training split are not trained on but judge epochs and
 *     calibrate
 * @param stratified whether those are chosen to resemble the others in entity types and positive
 *     ratio; else they are the first ones
 * @param projectionImages images that the projection of region appearance is fitted on
 * @param secondView whether every image is seen a second time: mirrored, cropped, in other light
 * @param otherWords whether that view says its phrases in other words, or asks for them
 * @param patience epochs of the head that may be no better on held-out images before it stops with
 *     the best; 0 for all epochs and the last
 * @param proposals settings of the first stage
 * @param head settings of the second stage; further heads have the seeds that follow its seed
 * @param heads how many heads are trained and judge together
 * @param joint settings of the third stage, in which all parts are trained together
 */
public record BundleSettings(
    String version,
    int heldOut,
    boolean stratified,
    int projectionImages,
    boolean secondView,
    boolean otherWords,
    int patience,
    ProposalSettings proposals,
    HeadSettings head,
    int heads,
    JointSettings joint) {

  /** The settings of the published bundle. */
  public static final BundleSettings DEFAULTS =
      new BundleSettings(
          "1",
          300,
          false,
          400,
          true,
          true,
          0,
          ProposalSettings.DEFAULTS,
          HeadSettings.DEFAULTS,
          4,
          JointSettings.DEFAULTS);
}
