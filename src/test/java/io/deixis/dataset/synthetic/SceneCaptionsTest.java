package io.deixis.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.dataset.GroundTruth;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of scenes made by hand, in all wordings that chance gives. */
class SceneCaptionsTest {

  private static final Box MAN = new Box(10, 80, 50, 200);
  private static final Box LEFT_DOG = new Box(80, 150, 120, 180);

  /** 1.6 times as large as the other dog. */
  private static final Box RIGHT_DOG = new Box(150, 150, 214, 180);

  private static final List<Figure> MAN_AND_DOGS =
      List.of(
          new Figure(Kind.MAN, Colour.RED, MAN),
          new Figure(Kind.DOG, Colour.ORANGE, LEFT_DOG),
          new Figure(Kind.DOG, Colour.BLUE, RIGHT_DOG));

  private static List<AnnotatedImage> said(List<Figure> figures) {
    Scene scene = new Scene(320, 240, 100, Backdrop.MEADOW, figures);
    return IntStream.range(0, 60)
        .mapToObj(seed -> new SceneCaptions(scene, 7, new Random(seed)).annotate("1"))
        .toList();
  }

  private static List<String> texts(List<AnnotatedImage> images) {
    return images.stream()
        .flatMap(image -> image.sentences().stream())
        .map(EntitySentence::text)
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void everyCaptionIsTrueOfTheScene() {
    assertThat(texts(said(MAN_AND_DOGS)))
        .containsExactly(
            "A blue dog and a man in red in a meadow .",
            "A blue dog and an orange dog in a meadow .",
            "A man in a red shirt stands on the grass .",
            "A man in red and a blue dog in a meadow .",
            "A man in red and an orange dog in a meadow .",
            "A man in red is to the left of an orange dog .",
            "An orange dog and a blue dog in a meadow .",
            "An orange dog and a man in red in a meadow .",
            "An orange dog is to the left of a blue dog .",
            "In the morning the wind blows over the grass under the sky .",
            "The big dog is larger than the small dog .",
            "The dog on the left is beside the dog on the right .",
            "Two dogs can be seen in a meadow .");
  }

  @Test
  void aPhraseMeansItsBoxes() {
    Map<String, List<Box>> meant = new TreeMap<>();
    for (AnnotatedImage image : said(MAN_AND_DOGS)) {
      for (GroundTruth truth : image.groundTruth()) {
        String phrase = truth.phrase().text().toLowerCase(Locale.ROOT);
        assertThat(meant.getOrDefault(phrase, truth.boxes())).as(phrase).isEqualTo(truth.boxes());
        meant.put(phrase, truth.boxes());
      }
    }

    assertThat(meant)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("a man", List.of(MAN)),
                Map.entry("a man in red", List.of(MAN)),
                Map.entry("a red shirt", List.of(new Box(10, 110, 50, 164))),
                Map.entry("an orange dog", List.of(LEFT_DOG)),
                Map.entry("a blue dog", List.of(RIGHT_DOG)),
                Map.entry("the dog on the left", List.of(LEFT_DOG)),
                Map.entry("the dog on the right", List.of(RIGHT_DOG)),
                Map.entry("the big dog", List.of(RIGHT_DOG)),
                Map.entry("the small dog", List.of(LEFT_DOG)),
                Map.entry("two dogs", List.of(LEFT_DOG, RIGHT_DOG)),
                Map.entry("the grass", List.of(new Box(0, 100, 319, 239))),
                Map.entry("the sky", List.of(new Box(0, 0, 319, 100)))));
  }

  @Test
  void thePlaceAndTheWindHaveNoBoxes() {
    List<AnnotatedImage> images = said(MAN_AND_DOGS);

    assertThat(chains(images, "a meadow", AnnotatedImage::scenes)).isPositive();
    assertThat(chains(images, "the wind", AnnotatedImage::withoutBox)).isPositive();
  }

  /** Counts the images that name a thing; its chain has to be among those that are marked. */
  private static long chains(
      List<AnnotatedImage> images, String name, Function<AnnotatedImage, Set<String>> marked) {
    return images.stream()
        .filter(
            image -> {
              List<String> named =
                  image.sentences().stream()
                      .flatMap(sentence -> sentence.phrases().stream())
                      .filter(phrase -> phrase.text().equals(name))
                      .map(EntityPhrase::chain)
                      .distinct()
                      .toList();
              assertThat(marked.apply(image)).containsExactlyElementsOf(named);
              return !named.isEmpty();
            })
        .count();
  }

  @Test
  void chainsAreNumberedAsTheyCome() {
    for (AnnotatedImage image : said(MAN_AND_DOGS)) {
      List<Integer> chains =
          image.sentences().stream()
              .flatMap(sentence -> sentence.phrases().stream())
              .map(phrase -> Integer.valueOf(phrase.chain()))
              .filter(chain -> chain > 0)
              .distinct()
              .sorted()
              .toList();

      assertThat(chains)
          .containsExactlyElementsOf(IntStream.range(7, 7 + chains.size()).boxed().toList());
    }
  }

  @Test
  void captionsComeInAnyOrder() {
    assertThat(said(MAN_AND_DOGS))
        .allSatisfy(image -> assertThat(image.sentences()).hasSize(5))
        .extracting(image -> image.sentences().get(0).text().split(" ")[0])
        .contains("A", "In", "The", "Two");
  }

  @Test
  void theOneThatIsLargerByFarIsBig() {
    Figure large = new Figure(Kind.MAN, Colour.RED, MAN);
    Figure small = new Figure(Kind.MAN, Colour.BLUE, new Box(100, 80, 140, 155));
    Figure nearlyAsLarge = new Figure(Kind.MAN, Colour.BLUE, new Box(100, 80, 140, 156));

    assertThat(texts(said(List.of(large, small))))
        .contains("The big man is larger than the small man .")
        .noneMatch(text -> text.contains("shirt"));
    assertThat(texts(said(List.of(large, nearlyAsLarge))))
        .noneMatch(text -> text.contains("larger"));
    for (AnnotatedImage image : said(List.of(large, small))) {
      assertThat(image.groundTruth())
          .filteredOn(truth -> truth.phrase().text().equals("The big man"))
          .allSatisfy(truth -> assertThat(truth.boxes()).containsExactly(MAN));
    }
  }

  @Test
  void whereLittleCanBeSaidItIsSaidAgain() {
    List<Figure> ballAndTent =
        List.of(
            new Figure(Kind.BALL, Colour.PINK, LEFT_DOG),
            new Figure(Kind.TENT, Colour.WHITE, RIGHT_DOG));

    assertThat(said(ballAndTent)).allSatisfy(image -> assertThat(image.sentences()).hasSize(5));
    assertThat(texts(said(ballAndTent)))
        .containsExactly(
            "A pink ball and a white tent in a meadow .",
            "A pink ball is to the left of a white tent .",
            "A white tent and a pink ball in a meadow .",
            "In the morning the wind blows over the grass under the sky .");
  }
}
