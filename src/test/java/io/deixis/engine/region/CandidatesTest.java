package io.deixis.engine.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.geometry.Box;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class CandidatesTest {

  private static final List<Box> PROPOSALS =
      List.of(new Box(0, 0, .5, 1), new Box(.1, .1, .2, .2), new Box(-.1, .6, 1.2, 1));

  @Test
  void proposalsComeFirstThenThePriors(NDManager manager) {
    Candidates candidates = Candidates.of(RandomMaps.of(manager, PROPOSALS));

    int count = Candidates.count(PROPOSALS.size());
    assertThat(candidates.boxes().getShape()).isEqualTo(new Shape(count, 4));
    assertThat(candidates.queries().orElseThrow().getShape()).isEqualTo(new Shape(count, 96));
    assertThat(candidates.posteriors().orElseThrow().getShape()).isEqualTo(new Shape(count, 80));
    assertThat(candidates.boxes().get("3").toFloatArray()).containsExactly(0, 0, 1, 1);
  }

  @Test
  void everyBoxLiesInTheImage(NDManager manager) {
    float[] boxes = Candidates.of(RandomMaps.of(manager, PROPOSALS)).boxes().toFloatArray();

    for (float edge : boxes) {
      assertThat(edge).isBetween(0f, 1f);
    }
  }

  @Test
  void proposalsKeepTheirOwnQueriesAndPosteriors(NDManager manager) {
    BackboneOutput maps = RandomMaps.of(manager, PROPOSALS);
    Candidates candidates = Candidates.of(maps);

    assertThat(candidates.queries().orElseThrow().get("0:3").toFloatArray())
        .containsExactly(maps.queries().orElseThrow().toFloatArray());
    float logit = maps.classLogits().orElseThrow().get("1").toFloatArray()[7];
    assertThat(candidates.posteriors().orElseThrow().get("1").toFloatArray()[7])
        .isCloseTo((float) (1 / (1 + Math.exp(-logit))), within(1e-6f));
  }

  @Test
  void aPriorBorrowsFromTheProposalItOverlapsBest(NDManager manager) {
    BackboneOutput maps = RandomMaps.of(manager, PROPOSALS);
    Candidates candidates = Candidates.of(maps);

    // the left half is the first proposal itself, the whole image overlaps it by one half
    float[] first = maps.queries().orElseThrow().get("0").toFloatArray();
    assertThat(candidates.queries().orElseThrow().get("4").toFloatArray())
        .containsExactly(first, within(1e-5f));
    assertThat(candidates.queries().orElseThrow().get("3").toFloatArray())
        .containsExactly(
            maps.queries().orElseThrow().get("0").mul(.5f).toFloatArray(), within(1e-5f));
    // the lower half overlaps the third proposal by 0.8
    assertThat(candidates.queries().orElseThrow().get("7").toFloatArray())
        .containsExactly(
            maps.queries().orElseThrow().get("2").mul(.8f).toFloatArray(), within(1e-5f));
    assertThat(candidates.posteriors().orElseThrow().get("7").toFloatArray())
        .containsExactly(
            candidates.posteriors().orElseThrow().get("2").mul(.8f).toFloatArray(), within(1e-5f));
  }
}
