package io.deixis.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StratifiedSplitTest {

  private static final Map<String, Double> SHARES = Map.of("train", 0.7, "val", 0.2, "test", 0.1);

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void putsEveryImageIntoExactlyOneSplit(long seed) {
    List<ImageProfile> images = images(seed);

    Map<String, List<String>> splits = new StratifiedSplit(SHARES, seed).split(images);

    assertThat(splits).containsOnlyKeys("train", "val", "test");
    assertThat(splits.values().stream().flatMap(Collection::stream))
        .containsExactlyInAnyOrderElementsOf(images.stream().map(ImageProfile::image).toList());
    splits.forEach(
        (name, ids) ->
            assertThat(ids.size()).isCloseTo((int) (SHARES.get(name) * images.size()), within(6)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void spreadsTypesAndPositiveRatios(long seed) {
    List<ImageProfile> images = images(seed);
    Map<String, ImageProfile> byId =
        images.stream().collect(Collectors.toMap(ImageProfile::image, Function.identity()));

    Map<String, List<String>> splits = new StratifiedSplit(SHARES, seed).split(images);

    double mean = meanRatio(images);
    splits.forEach(
        (name, ids) -> {
          List<ImageProfile> members = ids.stream().map(byId::get).toList();
          for (String type : List.of("people", "animals", "instruments")) {
            double expected = SHARES.get(name) * count(images, type);
            assertThat((double) count(members, type))
                .as(name + ", " + type)
                .isCloseTo(expected, within(3.0));
          }
          assertThat(meanRatio(members)).as(name).isCloseTo(mean, within(0.15 * mean));
        });
  }

  @Test
  void isTheSameForTheSameSeedAlone() {
    List<ImageProfile> images = images(4);
    Map<String, List<String>> splits = new StratifiedSplit(SHARES, 9).split(images);

    assertThat(new StratifiedSplit(SHARES, 9).split(images)).isEqualTo(splits);
    assertThat(new StratifiedSplit(SHARES, 10).split(images)).isNotEqualTo(splits);
  }

  @Test
  void profilesAnImageByItsPhrasesWithBoxes() {
    Box box = new Box(0, 0, 10, 10);
    AnnotatedImage image =
        new AnnotatedImage(
            "1",
            20,
            20,
            Map.of("1", List.of(box)),
            Set.of("2"),
            Set.of(),
            List.of(EntitySentence.parse("[/EN#1/people/other Men] in [/EN#2/scene a park]")));

    assertThat(ImageProfile.of(image, List.of(box, new Box(10, 10, 20, 20))))
        .isEqualTo(new ImageProfile("1", Set.of("people", "other"), 0.5));
  }

  @Test
  void refusesWhatCannotBeDivided() {
    ImageProfile image = new ImageProfile("1", Set.of(), 0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StratifiedSplit(Map.of("train", 0.8, "val", 0.1), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StratifiedSplit(Map.of("train", 1.0, "val", 0.0), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StratifiedSplit(SHARES, 1).split(List.of(image, image)))
        .withMessage("Image 1 is given twice.");
  }

  private static List<ImageProfile> images(long seed) {
    Random random = new Random(seed);
    List<ImageProfile> images = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Set<String> types = new HashSet<>();
      if (random.nextDouble() < 0.9) {
        types.add("people");
      }
      if (random.nextDouble() < 0.2) {
        types.add("animals");
      }
      if (random.nextDouble() < 0.05) {
        types.add("instruments");
      }
      images.add(new ImageProfile("image" + i, types, 0.02 + 0.1 * random.nextDouble()));
    }
    return images;
  }

  private static long count(List<ImageProfile> images, String type) {
    return images.stream().filter(image -> image.types().contains(type)).count();
  }

  private static double meanRatio(List<ImageProfile> images) {
    return images.stream().mapToDouble(ImageProfile::positiveRatio).average().orElseThrow();
  }
}
