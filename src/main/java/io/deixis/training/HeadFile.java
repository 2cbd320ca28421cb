package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.matching.HeadWeights;
import io.deixis.engine.matching.MatchingHead;
import java.io.IOException;
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

  /** Reads the head's weights by name. */
  Map<String, float[]> weights() throws IOException {
    Map<String, Safetensors.Tensor> tensors = Safetensors.read(path);
    int rows = tensors.get(HeadWeights.PIECES).floats().length / MatchingHead.PIECE_SIZE;
    Map<String, float[]> weights = new LinkedHashMap<>();
    HeadWeights.shapes(rows)
        .forEach((name, shape) -> weights.put(name, tensors.get(name).floats()));
    return weights;
  }

  /** Returns a head's tensors, without the projection. */
  static Map<String, Safetensors.Tensor> tensors(
      Map<String, float[]> weights, int rows, Safetensors.Tensor vocabulary) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    HeadWeights.shapes(rows)
        .forEach(
            (name, shape) ->
                tensors.put(name, Safetensors.Tensor.of(shape.getShape(), weights.get(name))));
    tensors.put(ModelBundle.VOCABULARY, vocabulary);
    return tensors;
  }
}
