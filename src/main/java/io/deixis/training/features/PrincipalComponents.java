package io.deixis.training.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Fits the projection of region appearance: principal components, whitened. */
public final class PrincipalComponents implements AutoCloseable {

  private static final double WHITENING = 0.1;

  private final int size;
  private final NDManager manager;
  private final NDArray sum;
  private final NDArray products;
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
    }
  }

  /**
   * A fitted projection.
   *
   * @param mean [size]
   * @param basis [size, components], row by row; columns scaled by 1 / (sqrt(variance) + 0.1)
   * @param explained share of the variance that the components keep
   */
  public record Fit(float[] mean, float[] basis, double explained) {}

  /** Returns the first {@code components} principal components, that of most variance first. */
  public Fit fit(int components) {
    float[] mean = sum.div(count).toFloatArray();
    float[] second = products.div(count).toFloatArray();
    DMatrixRMaj covariance = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        covariance.set(i, j, second[i * size + j] - (double) mean[i] * mean[j]);
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
    eigen.decompose(covariance);
    double[] variances = new double[size];
    Arrays.setAll(variances, i -> Math.max(0, eigen.getEigenvalue(i).getReal()));
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -variances[i]))
            .mapToInt(Integer::intValue)
            .limit(components)
            .toArray();
    float[] basis = new float[size * components];
    for (int k = 0; k < components; k++) {
      DMatrixRMaj vector = eigen.getEigenVector(order[k]);
      double scale = 1 / (Math.sqrt(variances[order[k]]) + WHITENING);
      for (int i = 0; i < size; i++) {
        basis[i * components + k] = (float) (vector.get(i) * scale);
      }
    }
    double kept = Arrays.stream(order).mapToDouble(i -> variances[i]).sum();
    return new Fit(mean, basis, kept / Arrays.stream(variances).sum());
  }

  @Override
  public void close() {
    manager.close();
  }
}
