package io.deixis.training.features;

import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.matching.RecognisingMatcher;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.engine.region.RegionWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * Reads the names of a backbone's classes with the phrase encoder. Their vectors are kept by their
 * main components, so that products with a phrase's vector, led into the same components, hardly
 * change.
 */
public final class ClassWords {

  private ClassWords() {}

  /**
   * Returns the vectors of the names, by the names of {@link
   * io.deixis.engine.region.RegionFeatures#shapes}, and {@link RecognisingMatcher#WORDS}, which
   * leads phrases to them; nothing if the backbone has no words.
   */
  public static Map<String, float[]> of(BackboneSpec spec, PhraseEncoder encoder) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    if (spec.words().isEmpty()) {
      return weights;
    }
    List<List<float[]>> vectors =
        spec.words().stream().map(words -> encoder.encode(words.names()).sentences()).toList();
    int size = spec.words().get(0).size();
    float[] basis = basis(vectors.stream().flatMap(List::stream).toList(), size);
    for (int i = 0; i < vectors.size(); i++) {
      weights.put(RegionWeights.words(spec.words().get(i)), product(vectors.get(i), basis, size));
    }
    weights.put(RecognisingMatcher.WORDS, basis);
    return weights;
  }

  /** Returns the main components of vectors, not centred: [D, size] row by row. */
  private static float[] basis(List<float[]> vectors, int size) {
    int dimension = vectors.get(0).length;
    DMatrixRMaj products = new DMatrixRMaj(dimension, dimension);
    for (float[] vector : vectors) {
      for (int i = 0; i < dimension; i++) {
        for (int j = 0; j < dimension; j++) {
          products.add(i, j, (double) vector[i] * vector[j]);
        }
      }
    }
    double[][] axes = PrincipalComponents.Axes.of(products).vectors();
    float[] basis = new float[dimension * size];
    for (int k = 0; k < Math.min(size, dimension); k++) {
      for (int i = 0; i < dimension; i++) {
        basis[i * size + k] = (float) axes[k][i];
      }
    }
    return basis;
  }

  private static float[] product(List<float[]> vectors, float[] basis, int size) {
    float[] product = new float[vectors.size() * size];
    for (int row = 0; row < vectors.size(); row++) {
      float[] vector = vectors.get(row);
      for (int i = 0; i < vector.length; i++) {
        for (int k = 0; k < size; k++) {
          product[row * size + k] += vector[i] * basis[i * size + k];
        }
      }
    }
    return product;
  }
}
