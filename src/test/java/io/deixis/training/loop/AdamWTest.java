package io.deixis.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.engine.torch.TorchExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class AdamWTest {

  private static final float RATE = 0.1f;
  private static final float DECAY = 0.2f;

  /** AdamW of one number as the paper's algorithm 2 has it. */
  private static final class Scalar {

    private double weight;
    private double mean;
    private double variance;
    private int step;

    private Scalar(double weight) {
      this.weight = weight;
    }

    private void step(double gradient, double rate, double decay) {
      step++;
      mean = 0.9 * mean + 0.1 * gradient;
      variance = 0.99 * variance + 0.01 * gradient * gradient;
      double unbiasedMean = mean / (1 - Math.pow(0.9, step));
      double unbiasedVariance = variance / (1 - Math.pow(0.99, step));
      weight -= rate * (unbiasedMean / (Math.sqrt(unbiasedVariance) + 1e-8) + decay * weight);
    }
  }

  /** Gives {@code weight} the gradient {@code gradient}: that of their scalar product. */
  private static void backward(NDArray weight, float... gradient) {
    try (GradientCollector collector = Engine.getEngine(TorchEngine.NAME).newGradientCollector()) {
      NDArray constant = weight.getManager().create(gradient, weight.getShape());
      collector.backward(weight.mul(constant).sum());
    }
  }

  private static NDArray weight(NDManager manager, Shape shape, float... values) {
    NDArray weight = manager.create(values, shape);
    weight.setRequiresGradient(true);
    return weight;
  }

  @Test
  void agreesWithTheScalarAlgorithm(NDManager manager) {
    NDArray weight = weight(manager, new Shape(1, 2), 1, -2);
    AdamW optimiser = new AdamW(100);
    optimiser.add(Map.of("w", weight), 1, DECAY);
    Scalar first = new Scalar(1);
    Scalar second = new Scalar(-2);

    float[][] gradients = {{.5f, -1}, {-.1f, 2}, {3, .01f}, {0, 0}, {-1, -1}};
    for (float[] gradient : gradients) {
      backward(weight, gradient);
      optimiser.step(RATE);
      first.step(gradient[0], RATE, DECAY);
      second.step(gradient[1], RATE, DECAY);

      assertThat(weight.toFloatArray())
          .containsExactly(
              new float[] {(float) first.weight, (float) second.weight}, within(1e-5f));
    }
  }

  @Test
  void vectorsDoNotDecay(NDManager manager) {
    NDArray bias = weight(manager, new Shape(2), 1, -2);
    AdamW optimiser = new AdamW(100);
    optimiser.add(Map.of("b", bias), 1, DECAY);
    Scalar first = new Scalar(1);
    Scalar second = new Scalar(-2);

    for (int step = 0; step < 3; step++) {
      backward(bias, 1, -.5f);
      optimiser.step(RATE);
      first.step(1, RATE, 0);
      second.step(-.5, RATE, 0);
    }

    assertThat(bias.toFloatArray())
        .containsExactly(new float[] {(float) first.weight, (float) second.weight}, within(1e-5f));
  }

  @Test
  void clipsByTheNormOfAllGradients(NDManager manager) {
    NDArray a = weight(manager, new Shape(1, 1), 1);
    NDArray b = weight(manager, new Shape(1), 1);
    AdamW optimiser = new AdamW(1);
    optimiser.add(Map.of("a", a), 1, 0);
    optimiser.add(Map.of("b", b), 1, 0);
    Scalar scalarA = new Scalar(1);
    Scalar scalarB = new Scalar(1);

    // of norm 5, then of norm 0.5, which is let through
    backward(a, 3);
    backward(b, 4);
    assertThat(optimiser.step(RATE)).isCloseTo(5, within(1e-5f));
    backward(a, .3f);
    backward(b, -.4f);
    assertThat(optimiser.step(RATE)).isCloseTo(.5f, within(1e-6f));

    scalarA.step(.6, RATE, 0);
    scalarB.step(.8, RATE, 0);
    scalarA.step(.3, RATE, 0);
    scalarB.step(-.4, RATE, 0);
    assertThat(a.getFloat()).isCloseTo((float) scalarA.weight, within(1e-5f));
    assertThat(b.getFloat()).isCloseTo((float) scalarB.weight, within(1e-5f));
  }

  @Test
  void weightsMayTakeAShareOfTheLearningRate(NDManager manager) {
    NDArray weight = weight(manager, new Shape(1, 1), 1);
    AdamW optimiser = new AdamW(100);
    optimiser.add(Map.of("w", weight), 0.2f, DECAY);
    Scalar scalar = new Scalar(1);

    backward(weight, 1);
    optimiser.step(RATE);
    scalar.step(1, 0.2 * RATE, DECAY);

    assertThat(weight.getFloat()).isCloseTo((float) scalar.weight, within(1e-6f));
  }

  @Test
  void gradientsStartFromZeroInEachStep(NDManager manager) {
    NDArray weight = weight(manager, new Shape(1), 1);
    AdamW optimiser = new AdamW(100);
    optimiser.add(Map.of("w", weight), 1, 0);

    backward(weight, 2);
    optimiser.step(RATE);

    assertThat(weight.getGradient().getFloat()).isZero();
    backward(weight, 3);
    assertThat(optimiser.step(RATE)).isEqualTo(3);
  }

  @Test
  void gradientsThatAreNotFiniteMoveNothing(NDManager manager) {
    NDArray good = weight(manager, new Shape(2), 1, 2);
    NDArray bad = weight(manager, new Shape(2), 3, 4);
    AdamW optimiser = new AdamW(1);
    optimiser.add(Map.of("good", good), 1, 0);
    optimiser.add(Map.of("bad", bad), 1, 0);
    backward(good, 1, 1);
    backward(bad, 1, Float.NaN);

    assertThat(optimiser.step(RATE)).isNaN();

    assertThat(good.toFloatArray()).containsExactly(1, 2);
    assertThat(bad.toFloatArray()).containsExactly(3, 4);
  }
}
