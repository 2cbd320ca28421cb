package io.deixis.training.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Fits the projection of region appearance: principal components, whitened. */
public final class PrincipalComponents implements AutoCloseable {

  /** Added to standard deviations, so that axes of little variance are not blown up to noise. */
  private static final double WHITENING = 0.1;

  /** A share of the largest variance below which an axis is rounding error. */
  private static final double NO_VARIANCE = 1e-9;

  private final int size;
  private final NDManager manager;
  private final NDArray sum;
  private final NDArray products;
  private NDList few = new NDList();
  private long count;

  /** Starts a fit on vectors of {@code size} numbers. */
  public PrincipalComponents(NDManager parent, int size) {
    this.size = size;
    this.manager = parent.newSubManager();
    this.sum = manager.zeros(new Shape(size));
    this.products = manager.zeros(new Shape(size, size));
  }

  /** Takes vectors [N, size] into account. */
  public void add(NDArray vectors) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      sum.addi(vectors.sum(new int[] {0}));
      products.addi(vectors.transpose().matMul(vectors));
      count += vectors.getShape().get(0);
      if (count < size) {
        NDArray kept = vectors.duplicate();
        kept.attach(manager);
        NDScope.unregister(kept);
        few.add(kept);
      } else {
        few.close();
        few = new NDList();
      }
    }
  }

  /**
   * A fitted projection.
   *
   * @param mean [size]
   * @param basis [size, components], row by row; columns scaled by 1 / (sqrt(variance) + 0.1),
   *     those along which nothing varies 0
   */
  public record Fit(float[] mean, float[] basis) {}

  /** Axes with the variance along each, that of most variance first. */
  record Axes(double[] variances, double[][] vectors) {

    /** Returns the eigenvectors of a symmetric matrix, with their eigenvalues. */
    static Axes of(DMatrixRMaj symmetric) {
      int n = symmetric.getNumRows();
      EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
      eigen.decompose(symmetric);
      List<Integer> order =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
              .toList();
      return new Axes(
          order.stream().mapToDouble(i -> Math.max(0, eigen.getEigenvalue(i).getReal())).toArray(),
          order.stream().map(i -> eigen.getEigenVector(i).getData()).toArray(double[][]::new));
    }
  }

  /** Returns the first {@code components} principal components, that of most variance first. */
  public Fit fit(int components) {
    float[] mean = sum.div(count).toFloatArray();
    Axes axes = few.isEmpty() ? ofCovariance(mean) : ofFew();
    float[] basis = new float[size * components];
    for (int k = 0; k < Math.min(components, axes.variances.length); k++) {
      double variance = axes.variances[k];
      if (variance > NO_VARIANCE * axes.variances[0]) {
        double scale = sign(axes.vectors[k]) / (Math.sqrt(variance) + WHITENING);
        for (int i = 0; i < size; i++) {
          basis[i * components + k] = (float) (axes.vectors[k][i] * scale);
        }
      }
    }
    return new Fit(mean, basis);
  }

  /**
   * Returns which way an axis points: its largest number is made positive, so that every library
   * gives the same axis.
   */
  private static double sign(double[] axis) {
    double largest = 0;
    for (double value : axis) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    return Math.signum(largest);
  }

  private Axes ofCovariance(float[] mean) {
    float[] second = products.div(count).toFloatArray();
    DMatrixRMaj covariance = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        covariance.set(i, j, second[i * size + j] - (double) mean[i] * mean[j]);
      }
    }
    return Axes.of(covariance);
  }

  /**
   * Of fewer vectors than they have numbers, the matrix of their products with each other has the
   * same variances as the covariance, and is smaller (Turk and Pentland, 1991).
   */
  private Axes ofFew() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray vectors = NDArrays.concat(few, 0);
      int n = (int) count;
      float[] centred = vectors.sub(vectors.mean(new int[] {0})).toFloatArray();
      DMatrixRMaj products = new DMatrixRMaj(n, n);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          double product = 0;
          for (int k = 0; k < size; k++) {
            product += (double) centred[i * size + k] * centred[j * size + k];
          }
          products.set(i, j, product / n);
          products.set(j, i, product / n);
        }
      }
      Axes small = Axes.of(products);
      double[][] axes = new double[n][size];
      for (int a = 0; a < n; a++) {
        double length = Math.sqrt(n * small.variances[a]);
        for (int i = 0; i < n && length > 0; i++) {
          double share = small.vectors[a][i] / length;
          for (int k = 0; k < size; k++) {
            axes[a][k] += share * centred[i * size + k];
          }
        }
      }
      return new Axes(small.variances, axes);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
