package io.deixis.training;

import io.deixis.engine.bundle.Safetensors;
import io.deixis.runlog.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Tensors that a stage has left in the work folder, or somebody has put there.
 *
 * @param path where they are
 */
record TensorFile(Path path) {

  /**
   * Reads them.
   *
   * @throws TrainingException if the file is damaged or cannot be read
   */
  Map<String, Safetensors.Tensor> read() {
    try {
      return Safetensors.read(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads the texts in the file's header.
   *
   * @throws TrainingException as {@link #read}
   */
  Map<String, String> metadata() {
    try {
      return Safetensors.metadata(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Returns the numbers of one of the file's tensors.
   *
   * @param tensors as read
   * @param shape that this version of Deixis needs
   * @throws TrainingException if it is not there or has another shape
   */
  float[] floats(Map<String, Safetensors.Tensor> tensors, String name, long... shape) {
    Safetensors.Tensor tensor = tensors.get(name);
    if (tensor == null || tensor.floats() == null || !Arrays.equals(tensor.shape(), shape)) {
      throw otherArchitecture(
          "%s is %s where this version needs %s"
              .formatted(
                  name,
                  tensor == null ? "missing" : Arrays.toString(tensor.shape()),
                  Arrays.toString(shape)));
    }
    return tensor.floats();
  }

  /** Returns the exception for weights that do not fit. */
  TrainingException otherArchitecture(String difference) {
    return TrainingException.otherSettings(
        "The weights in %s are of another architecture (%s); delete that file, or name another folder with --work."
            .formatted(path, difference));
  }

  private TrainingException unreadable(IOException cause) {
    return TrainingException.unreadable(
        "The weights in %s cannot be read; delete that file, and the same command makes it again."
            .formatted(path),
        cause);
  }
}
