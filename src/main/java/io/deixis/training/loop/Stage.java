package io.deixis.training.loop;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * A stage of training: its data, its weights and the terms of its loss.
 *
 * @param <E> one image of a batch
 * @param <F> what the network makes of a batch
 */
public abstract class Stage<E extends Stage.Example, F extends Forward> implements AutoCloseable {

  private final String name;
  private final Plan plan;
  private final NDManager manager;

  /**
   * Prepares a stage.
   *
   * @param name of the stage
   * @param plan how the weights are moved
   * @param manager owns the weights; the stage closes it
   */
  protected Stage(String name, Plan plan, NDManager manager) {
    this.name = name;
    this.plan = plan;
    this.manager = manager;
  }

  /** One image of a batch. */
  public interface Example {

    /** Returns what the image is called. */
    String key();
  }

  /** The batches of an epoch. */
  public interface Batches<E, F> extends AutoCloseable {

    /**
     * Runs the network on the next images.
     *
     * @param manager owns what lives as long as the step
     * @param images the batch; in the order that the batches were made for
     * @param dropout share of inputs dropped
     * @param random what is drawn for the batch
     */
    F forward(NDManager manager, List<E> images, float dropout, Random random);

    @Override
    default void close() {}
  }

  /** Returns the stage's name. */
  public final String name() {
    return name;
  }

  /** Returns how the weights are moved. */
  public final Plan plan() {
    return plan;
  }

  /** Returns the manager that owns the weights. */
  public final NDManager manager() {
    return manager;
  }

  /** Returns the weights that are moved. */
  public abstract List<WeightGroup> weights();

  /** Returns the terms whose weighted sum is the loss. */
  public abstract List<LossTerm<F>> terms();

  /** Returns the images of an epoch, counted from 0; as many in each. */
  public abstract List<E> images(int epoch);

  /** Returns the batches of images, in the order in which they will be asked for. */
  public abstract Batches<E, F> batches(List<E> order);

  /**
   * Returns what averaged weights reach on images held out, in [0, 1]; empty if nothing is held
   * out.
   */
  public OptionalDouble heldOutRecall(Map<String, float[]> weights) {
    return OptionalDouble.empty();
  }

  /**
   * Returns how many epochs in a row may be no better on images held out than the best before the
   * stage ends with the best one's weights; 0 trains all epochs and keeps the last one's.
   */
  public int patience() {
    return 0;
  }

  @Override
  public void close() {
    manager.close();
  }
}
