package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.training.features.PrincipalComponents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The projection of region appearance in a safetensors file, by the names that a bundle gives its
 * tensors.
 *
 * @param path where it is
 */
record ProjectionFile(Path path) {

  /** Returns the file's tensors as they go into a bundle. */
  Map<String, Safetensors.Tensor> tensors() throws IOException {
    return Safetensors.read(path);
  }

  /** Reads the projection; how much of the variance it explains is not in the file. */
  PrincipalComponents.Fit read() throws IOException {
    Map<String, Safetensors.Tensor> tensors = tensors();
    return new PrincipalComponents.Fit(
        tensors.get(ModelBundle.PROJECTION_MEAN).floats(),
        tensors.get(ModelBundle.PROJECTION_BASIS).floats(),
        Double.NaN);
  }

  /** Writes a projection to {@code file}. */
  static void write(Path file, PrincipalComponents.Fit fit) throws IOException {
    Safetensors.write(file, tensors(fit));
  }

  /** Returns a projection's tensors. */
  static Map<String, Safetensors.Tensor> tensors(PrincipalComponents.Fit fit) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put(
        ModelBundle.PROJECTION_MEAN,
        Safetensors.Tensor.of(new long[] {RegionFeatures.APPEARANCE}, fit.mean()));
    tensors.put(
        ModelBundle.PROJECTION_BASIS,
        Safetensors.Tensor.of(
            new long[] {RegionFeatures.APPEARANCE, RegionFeatures.PROJECTED}, fit.basis()));
    return tensors;
  }
}
