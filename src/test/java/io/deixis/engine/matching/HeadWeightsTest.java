package io.deixis.engine.matching;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadWeightsTest {

  @Test
  void namesEveryWeightInAFixedOrder() {
    assertThat(HeadWeights.shapes(5).keySet())
        .containsExactly(
            "phrase.pieces",
            "phrase.hidden.weight",
            "phrase.hidden.bias",
            "phrase.out.weight",
            "phrase.out.bias",
            "phrase.norm.weight",
            "phrase.norm.bias",
            "region.hidden.weight",
            "region.hidden.bias",
            "region.out.weight",
            "region.out.bias",
            "region.norm.weight",
            "region.norm.bias",
            "match.temperature",
            "match.region",
            "match.bias",
            "refine.phrase",
            "refine.region",
            "refine.prior",
            "refine.bias",
            "presence.hidden.weight",
            "presence.hidden.bias",
            "presence.out");
  }

  @Test
  void shapesFollowTheSizesOfTheirInputs() {
    Map<String, Shape> shapes = HeadWeights.shapes(5);

    assertThat(shapes.get(HeadWeights.PIECES)).isEqualTo(new Shape(5, 128));
    // a phrase's 384 numbers by itself and in its sentence, and the pieces' 128
    assertThat(shapes.get("phrase.hidden.weight")).isEqualTo(new Shape(512, 896));
    // a region's description
    assertThat(shapes.get("region.hidden.weight")).isEqualTo(new Shape(512, 750));
    assertThat(shapes.get("region.out.weight")).isEqualTo(new Shape(256, 512));
    assertThat(shapes.get(HeadWeights.REFINE_PHRASE)).isEqualTo(new Shape(256, 256));
    assertThat(shapes.get(HeadWeights.REFINE_PRIOR)).isEqualTo(new Shape(256, 4));
    assertThat(shapes.get("presence.hidden.weight")).isEqualTo(new Shape(128, 3 * 256));
    assertThat(shapes.get(HeadWeights.PRESENCE_OUT)).isEqualTo(new Shape(128, 1));
  }
}
