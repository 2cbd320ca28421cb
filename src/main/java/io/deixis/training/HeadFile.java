package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.phrase.PieceVocabulary;
import io.deixis.runlog.TrainingException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The matching head's weights in a safetensors file as a bundle holds them, with vocabulary and
 * projection.
 *
 * @param path where it is
 */
record HeadFile(Path path) {

  /**
   * Reads the head's weights by name.
   *
   * @throws TrainingException if the file is damaged, or holds a head of another architecture
   */
  Map<String, float[]> weights(MatcherType type) {
    TensorFile file = new TensorFile(path);
    Map<String, Safetensors.Tensor> tensors = file.read();
    Safetensors.Tensor vocabulary = tensors.get(ModelBundle.VOCABULARY);
    if (vocabulary == null || vocabulary.longs() == null) {
      throw file.otherArchitecture("it has no " + ModelBundle.VOCABULARY);
    }
    int rows = new PieceVocabulary(vocabulary.longs()).rows();
    Map<String, float[]> weights = new LinkedHashMap<>();
    type.shapes(rows)
        .forEach((name, shape) -> weights.put(name, file.floats(tensors, name, shape.getShape())));
    return weights;
  }

  /** Returns a head's tensors, without the projection. */
  static Map<String, Safetensors.Tensor> tensors(
      MatcherType type, Map<String, float[]> weights, int rows, Safetensors.Tensor vocabulary) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    type.shapes(rows)
        .forEach(
            (name, shape) ->
                tensors.put(name, Safetensors.Tensor.of(shape.getShape(), weights.get(name))));
    tensors.put(ModelBundle.VOCABULARY, vocabulary);
    return tensors;
  }
}
