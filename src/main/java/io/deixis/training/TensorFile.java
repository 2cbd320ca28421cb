package io.deixis.training;

import ai.djl.ndarray.types.Shape;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.bundle.Safetensors.Tensor;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.phrase.PieceVocabulary;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.training.matching.PhraseTable;
import io.deixis.training.work.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights that a stage has left in the work folder, or somebody has put there: a matching head with
 * its vocabulary, what regions are described by, or both, by the names that a bundle gives them.
 *
 * @param path where they are
 */
record TensorFile(Path path) {

  /**
   * Reads the tensors.
   *
   * @throws TrainingException if the file is damaged or cannot be read
   */
  Map<String, Tensor> read() {
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
   * Reads a head's weights by name.
   *
   * @throws TrainingException as {@link #read}, or if it is of another architecture
   */
  Map<String, float[]> head(MatcherType type) {
    Map<String, Tensor> tensors = read();
    Tensor vocabulary = tensors.get(ModelBundle.VOCABULARY);
    if (vocabulary == null || vocabulary.longs() == null) {
      throw otherArchitecture("it has no " + ModelBundle.VOCABULARY);
    }
    Map<String, float[]> weights = new LinkedHashMap<>();
    type.shapes(new PieceVocabulary(vocabulary.longs()).rows())
        .forEach((name, shape) -> weights.put(name, floats(tensors, name, shape)));
    return weights;
  }

  /**
   * Reads what regions are described by, by the names of {@link RegionFeatures#shapes}.
   *
   * @throws TrainingException as {@link #read}, or if it is of other sizes
   */
  Map<String, float[]> regions(RegionFeatures regions) {
    Map<String, Tensor> tensors = read();
    Map<String, float[]> weights = new LinkedHashMap<>();
    regions.shapes().forEach((name, shape) -> weights.put(name, floats(tensors, name, shape)));
    return weights;
  }

  /** Returns a head's tensors, without the projection. */
  static Map<String, Tensor> of(MatcherType type, Map<String, float[]> weights, PhraseTable table) {
    Map<String, Tensor> tensors = tensors(type.shapes(table.rows()), weights);
    tensors.put(ModelBundle.VOCABULARY, table.vocabulary());
    return tensors;
  }

  /** Returns the tensors of what regions are described by. */
  static Map<String, Tensor> of(RegionFeatures regions, Map<String, float[]> weights) {
    return tensors(regions.shapes(), weights);
  }

  private static Map<String, Tensor> tensors(
      Map<String, Shape> shapes, Map<String, float[]> weights) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> tensors.put(name, Tensor.of(shape.getShape(), weights.get(name))));
    return tensors;
  }

  private float[] floats(Map<String, Tensor> tensors, String name, Shape shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null
        || tensor.floats() == null
        || !Arrays.equals(tensor.shape(), shape.getShape())) {
      throw otherArchitecture(
          "%s is %s where this version needs %s"
              .formatted(
                  name, tensor == null ? "missing" : Arrays.toString(tensor.shape()), shape));
    }
    return tensor.floats();
  }

  private TrainingException otherArchitecture(String difference) {
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
