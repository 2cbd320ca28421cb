package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.files.AtomicFile;
import io.deixis.runlog.TrainingException;
import io.deixis.training.features.PrincipalComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The projection of region appearance in a safetensors file, by the names that a bundle gives its
 * tensors. The file's metadata tell what the projection was fitted on.
 *
 * @param path where it is
 */
record ProjectionFile(Path path) {

  private static final String ORIGIN = "origin";

  /**
   * Returns whether the file is there and was fitted on {@code origin}.
   *
   * @throws TrainingException if it is damaged
   */
  boolean isOf(String origin) {
    return Files.exists(path) && origin.equals(new TensorFile(path).metadata().get(ORIGIN));
  }

  /**
   * Returns the file's tensors as they go into a bundle.
   *
   * @throws TrainingException if it is damaged
   */
  Map<String, Safetensors.Tensor> tensors() {
    return new TensorFile(path).read();
  }

  /**
   * Reads the projection; how much of the variance it explains is not in the file.
   *
   * @throws TrainingException if the file is damaged, or holds a projection of other sizes
   */
  PrincipalComponents.Fit read(RegionFeatures regions) {
    TensorFile file = new TensorFile(path);
    Map<String, Safetensors.Tensor> tensors = file.read();
    return new PrincipalComponents.Fit(
        file.floats(tensors, ModelBundle.PROJECTION_MEAN, regions.appearanceSize()),
        file.floats(
            tensors,
            ModelBundle.PROJECTION_BASIS,
            regions.appearanceSize(),
            regions.projectedSize()),
        Double.NaN);
  }

  /**
   * Replaces the file.
   *
   * @param fit the projection
   * @param origin what it was fitted on
   */
  void write(PrincipalComponents.Fit fit, String origin) throws IOException {
    Map<String, Safetensors.Tensor> tensors = tensors(fit);
    AtomicFile.replace(
        path, partial -> Safetensors.write(partial, tensors, Map.of(ORIGIN, origin)));
  }

  /** Returns a projection's tensors. */
  static Map<String, Safetensors.Tensor> tensors(PrincipalComponents.Fit fit) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put(
        ModelBundle.PROJECTION_MEAN,
        Safetensors.Tensor.of(new long[] {fit.mean().length}, fit.mean()));
    tensors.put(
        ModelBundle.PROJECTION_BASIS,
        Safetensors.Tensor.of(
            new long[] {fit.mean().length, fit.basis().length / fit.mean().length}, fit.basis()));
    return tensors;
  }
}
