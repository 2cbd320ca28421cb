package io.deixis.metrics;

/**
 * Fits a {@link Calibration} to logits and labels by maximum likelihood, with Newton steps and
 * backtracking. Labels are softened to {@code (n+ + 1) / (n+ + 2)} and {@code 1 / (n- + 2)}, which
 * keeps the fit finite where the classes do not overlap (Platt, 1999; Lin, Lin and Weng, "A Note on
 * Platt's Probabilistic Outputs for Support Vector Machines", 2007). Where higher logits are not
 * right more often, or all cases are alike, only the bias is fitted, so that scores keep the order
 * of the logits.
 *
 * <p>Not thread-safe.
 */
public final class CalibrationFit {

  private static final int MAX_STEPS = 100;
  private static final double GRADIENT_TOLERANCE = 1e-9;
  private static final double SMALLEST_STEP = 1e-10;
  private static final double WIDEST_BIAS = 1e3;

  /** Keeps the Hessian invertible where all logits are equal. */
  private static final double RIDGE = 1e-12;

  private final LabelledScores logits = new LabelledScores();

  /**
   * Takes in one case.
   *
   * @param logit its logit, finite
   * @param positive its label
   */
  public void update(double logit, boolean positive) {
    logits.add(logit, positive);
  }

  /**
   * Returns the calibration that makes the labels most likely.
   *
   * @throws IllegalStateException if there is no case
   */
  public Calibration compute() {
    double[] positives = logits.positives();
    double[] negatives = logits.negatives();
    if (positives.length + negatives.length == 0) {
      throw new IllegalStateException("Calibration needs cases.");
    }
    Likelihood likelihood = new Likelihood(positives, negatives);
    if (positives.length > 0 && negatives.length > 0) {
      Calibration fitted = likelihood.maximum();
      if (fitted.scale() > 0) {
        return fitted;
      }
    }
    return likelihood.maximumByBias();
  }

  /** The mean negative log-likelihood of a calibration and its minimum. */
  private static final class Likelihood {

    private final double[] positives;
    private final double[] negatives;
    private final double positiveTarget;
    private final double negativeTarget;

    Likelihood(double[] positives, double[] negatives) {
      this.positives = positives;
      this.negatives = negatives;
      positiveTarget = (positives.length + 1.0) / (positives.length + 2.0);
      negativeTarget = 1.0 / (negatives.length + 2.0);
    }

    Calibration maximum() {
      double prior = Math.log((positives.length + 1.0) / (negatives.length + 1.0));
      Calibration current = new Calibration(0, prior);
      double loss = loss(current);
      for (int step = 0; step < MAX_STEPS; step++) {
        Derivatives derivatives = derivatives(current);
        if (derivatives.isFlat()) {
          return current;
        }
        Calibration next = descend(current, loss, derivatives);
        if (next.equals(current)) {
          return current;
        }
        current = next;
        loss = loss(current);
      }
      return current;
    }

    /**
     * The maximum of those that leave the logits' scale: where the mean score is the mean target.
     */
    Calibration maximumByBias() {
      double low = -WIDEST_BIAS;
      double high = WIDEST_BIAS;
      for (int step = 0; step < MAX_STEPS; step++) {
        double middle = (low + high) / 2;
        if (derivatives(new Calibration(1, middle)).byBias < 0) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return new Calibration(1, (low + high) / 2);
    }

    /** Goes a Newton step, halved until the loss falls; stays if it no longer does. */
    private Calibration descend(Calibration from, double loss, Derivatives derivatives) {
      double[] direction = derivatives.newtonDirection();
      for (double length = 1; length >= SMALLEST_STEP; length /= 2) {
        Calibration candidate =
            new Calibration(
                from.scale() + length * direction[0], from.bias() + length * direction[1]);
        if (loss(candidate) < loss) {
          return candidate;
        }
      }
      return from;
    }

    private double loss(Calibration calibration) {
      return (loss(calibration, positives, positiveTarget)
              + loss(calibration, negatives, negativeTarget))
          / (positives.length + negatives.length);
    }

    private static double loss(Calibration calibration, double[] logits, double target) {
      double sum = 0;
      for (double logit : logits) {
        double z = calibration.scale() * logit + calibration.bias();
        // -target log sigmoid(z) - (1 - target) log(1 - sigmoid(z)), safe for a large |z|
        sum += Math.max(z, 0) - target * z + Math.log1p(Math.exp(-Math.abs(z)));
      }
      return sum;
    }

    private Derivatives derivatives(Calibration calibration) {
      Derivatives derivatives = new Derivatives(positives.length + negatives.length);
      derivatives.add(calibration, positives, positiveTarget);
      derivatives.add(calibration, negatives, negativeTarget);
      return derivatives;
    }
  }

  /** Gradient and Hessian of the mean loss by scale and bias. */
  private static final class Derivatives {

    private final int cases;
    private double byScale;
    private double byBias;
    private double byScaleScale = RIDGE;
    private double byScaleBias;
    private double byBiasBias = RIDGE;

    Derivatives(int cases) {
      this.cases = cases;
    }

    void add(Calibration calibration, double[] logits, double target) {
      for (double logit : logits) {
        double probability = calibration.probability(logit);
        double error = (probability - target) / cases;
        double curvature = probability * (1 - probability) / cases;
        byScale += error * logit;
        byBias += error;
        byScaleScale += curvature * logit * logit;
        byScaleBias += curvature * logit;
        byBiasBias += curvature;
      }
    }

    boolean isFlat() {
      return Math.abs(byScale) < GRADIENT_TOLERANCE && Math.abs(byBias) < GRADIENT_TOLERANCE;
    }

    /** Solves Hessian times direction = -gradient. */
    double[] newtonDirection() {
      double determinant = byScaleScale * byBiasBias - byScaleBias * byScaleBias;
      return new double[] {
        (byScaleBias * byBias - byBiasBias * byScale) / determinant,
        (byScaleBias * byScale - byScaleScale * byBias) / determinant
      };
    }
  }
}
