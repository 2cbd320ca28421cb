package io.deixis.engine.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  @Test
  void ofProposalsThatAreTooManyThoseLikeAMoreProbableOneAreLeftOut(NDManager manager) {
    List<Box> proposals =
        List.of(
            new Box(0, 0, .5, .5),
            new Box(.02, 0, .5, .5), // like the first, and less probable
            new Box(.5, .5, 1, 1),
            new Box(.5, .54, 1, 1), // like the third, and more probable
            new Box(.1, .6, .2, .7));
    BackboneOutput maps = withObjectness(manager, proposals, 3, 1, 2, 4, 0);

    assertThat(kept(maps, 4)).containsExactly(0, 2, 3, 4);
    assertThat(kept(maps, 3)).containsExactly(0, 3, 4);
    assertThat(kept(maps, 5)).containsExactly(0, 1, 2, 3, 4);
    assertThat(kept(maps, 0)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void proposalsOfABackboneWithoutObjectnessComeWithTheMostProbableFirst(NDManager manager) {
    BackboneOutput maps =
        RandomMaps.of(
            manager, List.of(new Box(0, 0, .5, .5), new Box(0, 0, .5, .48), new Box(.5, 0, 1, 1)));
    BackboneOutput plain =
        new BackboneOutput(
            maps.boxes(), maps.queries(), maps.classLogits(), Optional.empty(), maps.maps());

    assertThat(kept(plain, 2)).containsExactly(0, 2);
  }

  private static BackboneOutput withObjectness(
      NDManager manager, List<Box> proposals, float... objectness) {
    BackboneOutput maps = RandomMaps.of(manager, proposals);
    NDArray logits = manager.create(objectness).expandDims(1);
    return new BackboneOutput(
        maps.boxes(), maps.queries(), maps.classLogits(), Optional.of(logits), maps.maps());
  }

  /** Returns which proposals become candidates, told by their query vectors. */
  private static List<Integer> kept(BackboneOutput maps, int most) {
    float[] all = maps.queries().orElseThrow().toFloatArray();
    Candidates candidates = Candidates.of(maps, most);
    float[] queries = candidates.queries().orElseThrow().toFloatArray();
    int size = (int) maps.queries().orElseThrow().getShape().get(1);
    List<Integer> kept = new ArrayList<>();
    int proposals = (int) candidates.boxes().getShape().get(0) - Candidates.count(0);
    for (int i = 0; i < proposals; i++) {
      for (int from = 0; from < all.length / size; from++) {
        if (all[from * size] == queries[i * size]) {
          kept.add(from);
        }
      }
    }
    return kept;
  }
}
