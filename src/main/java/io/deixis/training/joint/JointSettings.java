package io.deixis.training.joint;

/**
 * How backbone, projection and matching head are trained together.
 *
 * @param epochs passes over the images; 0 leaves the stage out
 * @param batchSize images a step
 * @param relations most phrases made from annotations drawn for an image and step
 * @param candidates most candidates drawn for an image and step
 * @param learningRate peak rate of the matching head
 * @param decoderScale share of that rate given to what proposes regions
 * @param backboneScale share of that rate given to backbone and map encoder
 * @param proposalWeight weight of the proposals' loss beside the phrases'
 * @param dropout share of the head's inputs dropped
 * @param seed of the order of images and what is drawn
 */
public record JointSettings(
    int epochs,
    int batchSize,
    int relations,
    int candidates,
    float learningRate,
    float decoderScale,
    float backboneScale,
    float proposalWeight,
    float dropout,
    int seed) {

  /** The settings of the published bundle. */
  public static final JointSettings DEFAULTS =
      new JointSettings(0, 8, 3, 80, 2.5e-4f, 0.2f, 0.1f, 0.3f, 0.1f, 7);

  /** Returns the same settings for another number of epochs. */
  public JointSettings withEpochs(int other) {
    return new JointSettings(
        other,
        batchSize,
        relations,
        candidates,
        learningRate,
        decoderScale,
        backboneScale,
        proposalWeight,
        dropout,
        seed);
  }

  /** Returns the same settings with another seed. */
  public JointSettings withSeed(int other) {
    return new JointSettings(
        epochs,
        batchSize,
        relations,
        candidates,
        learningRate,
        decoderScale,
        backboneScale,
        proposalWeight,
        dropout,
        other);
  }
}
