package io.deixis.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * AdamW (Loshchilov and Hutter, 2019) with clipping by the global norm. DJL's own optimiser does
 * the arithmetic of a step; the moments are kept here, since DJL's are private and so could not be
 * saved and resumed.
 */
public final class AdamW {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.99f;
  private static final float EPSILON = 1e-8f;

  private final List<Slot> slots = new ArrayList<>();
  private final float maxNorm;
  private int step;

  /** Creates an optimiser that scales gradients down to a global norm of {@code maxNorm}. */
  public AdamW(float maxNorm) {
    this.maxNorm = maxNorm;
  }

  /**
   * Adds weights to the optimiser.
   *
   * @param weights by name; each must record gradients
   * @param learningRateScale their share of the step's learning rate
   * @param weightDecay decoupled decay; given to matrices, never to vectors
   */
  public void add(Map<String, NDArray> weights, float learningRateScale, float weightDecay) {
    weights.forEach(
        (name, weight) ->
            slots.add(
                new Slot(
                    name,
                    weight,
                    weight.zerosLike(),
                    weight.zerosLike(),
                    learningRateScale,
                    weight.getShape().dimension() > 1 ? weightDecay : 0)));
  }

  /**
   * Moves every weight by its gradient and zeroes the gradients.
   *
   * @return the global norm of the gradients before clipping; if it is not a finite number, no
   *     weight has moved
   */
  public float step(float learningRate) {
    float norm = gradientNorm();
    if (!Float.isFinite(norm)) {
      return norm;
    }
    step++;
    double correction = Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
    float rescale = norm > maxNorm ? maxNorm / norm : 1;
    for (Slot slot : slots) {
      float rate = learningRate * slot.learningRateScale;
      NDArray gradient = slot.weight.getGradient();
      slot.weight
          .getNDArrayInternal()
          .adamUpdate(
              new NDList(slot.weight, gradient, slot.mean, slot.variance),
              new NDList(slot.weight),
              rate,
              (float) (rate * correction),
              slot.weightDecay,
              rescale,
              -1,
              BETA1,
              BETA2,
              EPSILON,
              false,
              true);
    }
    return norm;
  }

  /** Returns how many steps were taken. */
  public int steps() {
    return step;
  }

  /** Returns the first moments by the weights' names. */
  public Map<String, float[]> means() {
    return Weights.values(tensors(Slot::mean));
  }

  /** Returns the second moments by the weights' names. */
  public Map<String, float[]> variances() {
    return Weights.values(tensors(Slot::variance));
  }

  /**
   * Goes on from where another optimiser of the same weights stood.
   *
   * @param steps its {@link #steps()}
   * @param means its {@link #means()}
   * @param variances its {@link #variances()}
   * @throws IllegalArgumentException if they are of other weights
   */
  public void restore(int steps, Map<String, float[]> means, Map<String, float[]> variances) {
    Weights.restore(tensors(Slot::mean), means);
    Weights.restore(tensors(Slot::variance), variances);
    step = steps;
  }

  private Map<String, NDArray> tensors(Function<Slot, NDArray> which) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    slots.forEach(slot -> tensors.put(slot.name, which.apply(slot)));
    return tensors;
  }

  private float gradientNorm() {
    double sum = 0;
    for (Slot slot : slots) {
      NDArray gradient = slot.weight.getGradient();
      sum += gradient.square().sum().getFloat();
    }
    return (float) Math.sqrt(sum);
  }

  private record Slot(
      String name,
      NDArray weight,
      NDArray mean,
      NDArray variance,
      float learningRateScale,
      float weightDecay) {}
}
