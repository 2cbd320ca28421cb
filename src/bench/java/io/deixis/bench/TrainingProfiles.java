package io.deixis.bench;

import io.deixis.bench.StackProfile.Part;
import java.util.List;

/** Of what the steps of a training consist. */
final class TrainingProfiles {

  private static final Part BACKWARD = Part.of("backward", "PtGradientCollector.backward");
  private static final Part OPTIMISER =
      Part.of("optimiser, average", "AdamW.step", "MovingAverage.update");
  private static final Part PIXELS =
      Part.of("pixels to a tensor", "ImageTensor.of", "ShownImage.draw");
  private static final Part BACKBONE = Part.of("backbone, forward", "TorchScriptBackbone.forward");
  private static final Part REGIONS =
      Part.of(
          "candidates and their regions",
          "Candidates.of",
          "RegionFeatures.appearance",
          "RegionFeatures.describe",
          "Projection.apply");
  private static final Part WAITING = Part.of("waiting for photos", "ImagePrefetch.next");
  private static final Part BATCH = Part.of("building the batch", "HeadBatch.draw");
  private static final Part HEAD = Part.of("matching head, forward", "HeadLoss.of");

  /** A step of the matching head. */
  private static final StackProfile HEAD_STEP =
      new StackProfile(
          "A step of the matching head",
          "HeadTraining$Pass.step",
          List.of(
              Part.of("drawing candidates", "CandidateRegions.draw"),
              BATCH,
              HEAD,
              BACKWARD,
              OPTIMISER));

  /** The features of an image. */
  private static final StackProfile EXTRACTION =
      new StackProfile(
          "The features of an image",
          "FeatureExtraction.run",
          List.of(
              WAITING, PIXELS, BACKBONE, REGIONS, Part.of("writing", "FeatureCache$Writer.add")));

  /** What goes on beside, in a thread that reads ahead. */
  private static final StackProfile PHOTOS =
      new StackProfile(
          "The thread that reads photos ahead, where it is not idle",
          "ImagePrefetch.decode",
          List.of(
              Part.of("reading", "Files.readAllBytes"),
              Part.of("decoding", "ImageDecoder.decode")));

  /** A step of fine-tuning backbone and proposals. */
  private static final StackProfile PROPOSAL_STEP =
      new StackProfile(
          "A step of backbone and proposals",
          "ProposalTraining.step",
          List.of(
              WAITING, PIXELS, BACKBONE, Part.of("loss", "ProposalLoss.of"), BACKWARD, OPTIMISER));

  /** A step in which all parts are trained together. */
  private static final StackProfile JOINT_STEP =
      new StackProfile(
          "A step of all parts together",
          "JointTraining.step",
          List.of(
              WAITING,
              PIXELS,
              BACKBONE,
              REGIONS,
              BATCH,
              HEAD,
              Part.of("loss of proposals", "ProposalLoss.ofQueries"),
              BACKWARD,
              OPTIMISER));

  private TrainingProfiles() {}

  /**
   * Returns a sampler of everything that a training does.
   *
   * @param trainer name of the thread that trains
   */
  static StackSampler sampler(String trainer) {
    return new StackSampler()
        .with(trainer, PROPOSAL_STEP)
        .with(trainer, EXTRACTION)
        .with("image-prefetch", PHOTOS)
        .with(trainer, HEAD_STEP)
        .with(trainer, JOINT_STEP);
  }
}
