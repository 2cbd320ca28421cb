package io.deixis.training.proposals;

/**
 * How proposals and backbone are fine-tuned.
 *
 * @param epochs passes over the images
 * @param batchSize images a step
 * @param learningRate peak rate of the decoder
 * @param backboneScale share of that rate given to backbone and map encoder
 * @param seed of the order of images and the mirrors
 */
public record ProposalSettings(
    int epochs, int batchSize, float learningRate, float backboneScale, long seed) {

  /** The settings of the published bundle. */
  public static final ProposalSettings DEFAULTS = new ProposalSettings(1, 16, 1e-4f, 0.2f, 7);
}
