package io.deixis.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every scene that is invented, and how often what is left to chance comes. */
class SceneTest {

  private List<Scene> scenes;

  @BeforeEach
  void invent() {
    Random random = new Random(1);
    scenes = Stream.generate(() -> Scene.random(random)).limit(2000).toList();
  }

  private double share(Predicate<Scene> is) {
    return (double) scenes.stream().filter(is).count() / scenes.size();
  }

  @Test
  void threeOfFourAreWiderThanHigh() {
    assertThat(scenes)
        .allSatisfy(scene -> assertThat(scene.width() + scene.height()).isEqualTo(320 + 240));
    assertThat(share(scene -> scene.width() == 320)).isCloseTo(0.75, Offset.offset(0.05));
    assertThat(share(scene -> scene.width() == 240)).isCloseTo(0.25, Offset.offset(0.05));
  }

  @Test
  void theHorizonIsBelowAThirdAndNotBelowTheMiddle() {
    DoubleSummaryStatistics horizons =
        scenes.stream()
            .mapToDouble(scene -> (double) scene.horizon() / scene.height())
            .summaryStatistics();

    assertThat(horizons.getMin()).isEqualTo(0.3);
    assertThat(horizons.getMax()).isEqualTo(0.5);
    assertThat(horizons.getAverage()).isCloseTo(0.4, Offset.offset(0.02));
  }

  @Test
  void twoToFourFiguresAreOfDifferentColoursAndAtMostTwoOfAKind() {
    for (int count = 2; count <= 4; count++) {
      int figures = count;
      assertThat(share(scene -> scene.figures().size() == figures))
          .isCloseTo(1 / 3.0, Offset.offset(0.05));
    }
    assertThat(scenes)
        .allSatisfy(
            scene -> {
              long kinds = scene.figures().stream().map(Figure::kind).distinct().count();
              assertThat(scene.figures().size() - kinds).isBetween(0L, 1L);
              assertThat(scene.figures()).extracting(Figure::colour).doesNotHaveDuplicates();
            });
    assertThat(
            share(
                scene ->
                    scene.figures().stream().map(Figure::kind).distinct().count()
                        < scene.figures().size()))
        .isCloseTo(0.6, Offset.offset(0.05));
  }

  @Test
  void allKindsColoursAndBackdropsComeAtAnyPlace() {
    for (Backdrop backdrop : Backdrop.values()) {
      assertThat(share(scene -> scene.backdrop() == backdrop)).isCloseTo(0.25, Offset.offset(0.05));
    }
    for (Kind kind : Kind.values()) {
      assertThat(share(scene -> scene.figures().get(0).kind() == kind))
          .isCloseTo(1 / 8.0, Offset.offset(0.04));
    }
    for (Colour colour : Colour.values()) {
      assertThat(share(scene -> scene.figures().get(0).colour() == colour))
          .isCloseTo(1 / 8.0, Offset.offset(0.04));
    }
    assertThat(share(scene -> scene.figures().get(0).kind() == scene.figures().get(1).kind()))
        .as("two of a kind are not always first")
        .isBetween(0.25, 0.45);
  }

  @Test
  void figuresStandBesideEachOtherOnTheGround() {
    for (Scene scene : scenes) {
      double slot = (double) scene.width() / scene.figures().size();
      for (int i = 0; i < scene.figures().size(); i++) {
        Figure figure = scene.figures().get(i);
        Box box = figure.box();
        assertThat(box.x1()).isBetween(i * slot, (i + 1) * slot);
        assertThat(box.x2()).isBetween(i * slot, (i + 1) * slot);
        assertThat(box.y1()).isGreaterThanOrEqualTo(3);
        assertThat(box.y2()).isBetween(scene.horizon() + 9.0, scene.height() - 4.0);
        assertThat(box.height()).isLessThanOrEqualTo(0.65 * scene.height());
        assertThat(box.height() + 2)
            .isGreaterThanOrEqualTo(
                Math.min(0.25 * scene.height(), 0.95 * slot / figure.kind().aspect));
        assertThat(box.width())
            .isCloseTo(
                figure.kind().aspect * box.height(), Offset.offset(2 + 2 * figure.kind().aspect));
        assertThat(box.width()).isLessThanOrEqualTo(0.95 * slot);
      }
    }
  }

  @Test
  void figuresAreOfAnySizeAndAtAnyPlaceOfTheirPart() {
    DoubleSummaryStatistics heights = new DoubleSummaryStatistics();
    DoubleSummaryStatistics across = new DoubleSummaryStatistics();
    DoubleSummaryStatistics feet = new DoubleSummaryStatistics();
    for (Scene scene : scenes) {
      double slot = (double) scene.width() / scene.figures().size();
      Box box = scene.figures().get(0).box();
      if (scene.figures().get(0).kind() == Kind.MAN) {
        heights.accept(box.height() / scene.height());
        across.accept(box.x1() / (slot - box.width()));
        double highest = Math.max(scene.horizon() + 10, box.height() + 4);
        feet.accept((box.y2() - highest) / (scene.height() - 4 - highest));
      }
    }

    assertThat(heights.getMin()).isCloseTo(0.25, Offset.offset(0.02));
    assertThat(heights.getMax()).isCloseTo(0.65, Offset.offset(0.02));
    assertThat(heights.getAverage()).isCloseTo(0.45, Offset.offset(0.03));
    assertThat(across.getMin()).isBetween(0.0, 0.05);
    assertThat(across.getMax()).isBetween(0.95, 1.0);
    assertThat(across.getAverage()).isCloseTo(0.5, Offset.offset(0.05));
    assertThat(feet.getMin()).isBetween(-0.05, 0.05);
    assertThat(feet.getMax()).isBetween(0.95, 1.0);
    assertThat(feet.getAverage()).isCloseTo(0.5, Offset.offset(0.05));
  }
}
