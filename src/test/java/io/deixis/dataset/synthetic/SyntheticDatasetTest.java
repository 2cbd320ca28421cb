package io.deixis.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.format.Flickr30kEntities;
import io.deixis.geometry.Box;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticDatasetTest {

  private static final SyntheticDataset SMALL = new SyntheticDataset(40, 10, 10, 7);

  @TempDir static Path shared;

  private static Flickr30kEntities dataset;
  private static List<AnnotatedImage> images;

  @BeforeAll
  static void writeAndRead() {
    Path directory = shared.resolve("synthetic");
    SMALL.write(directory);
    dataset = Flickr30kEntities.open(directory);
    images =
        Stream.of("train", "val", "test")
            .flatMap(split -> dataset.split(split).stream())
            .map(dataset::read)
            .toList();
  }

  @Test
  void hasTheSplitsAskedForWithoutOverlap() {
    assertThat(dataset.split("train")).hasSize(40);
    assertThat(dataset.split("val")).hasSize(10);
    assertThat(dataset.split("test")).hasSize(10);
    assertThat(images).extracting(AnnotatedImage::id).doesNotHaveDuplicates();
  }

  @Test
  void annotatesWhatTheImagesHold() throws IOException {
    for (AnnotatedImage image : images) {
      BufferedImage pixels = ImageIO.read(dataset.image(image.id()).toFile());

      assertThat(pixels.getWidth()).isEqualTo(image.width());
      assertThat(pixels.getHeight()).isEqualTo(image.height());
      assertThat(image.sentences()).hasSize(5);
      assertThat(image.boxes().values().stream().flatMap(List::stream))
          .isNotEmpty()
          .allSatisfy(
              box -> {
                assertThat(box.clampedTo(image.width(), image.height())).isEqualTo(box);
                assertThat(box.area()).isGreaterThan(100);
              });
    }
  }

  @Test
  void coloursAreWhereThePhrasesSay() throws IOException {
    int checked = 0;
    for (AnnotatedImage image : images) {
      BufferedImage pixels = ImageIO.read(dataset.image(image.id()).toFile());
      for (GroundTruth truth : image.groundTruth()) {
        for (Colour colour : Colour.values()) {
          if (Arrays.asList(truth.phrase().text().split(" ")).contains(colour.word())) {
            assertThat(share(colour, pixels, truth.boxes().get(0)))
                .as(image.id() + ": " + truth.phrase().text())
                .isGreaterThan(0.15);
            checked++;
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(100);
  }

  @Test
  void sidesAndSizesAreTrue() {
    int pairs = 0;
    for (AnnotatedImage image : images) {
      Map<String, Box> boxes =
          image.groundTruth().stream()
              .collect(
                  Collectors.toMap(t -> t.phrase().text(), t -> t.boxes().get(0), (a, b) -> a));
      for (Kind kind : Kind.values()) {
        Box left = boxes.get("The " + kind.noun + " on the left");
        Box right = boxes.get("the " + kind.noun + " on the right");
        if (left != null) {
          assertThat(left.x2()).isLessThanOrEqualTo(right.x1());
          pairs++;
        }
        Box big = boxes.get("The big " + kind.noun);
        Box small = boxes.get("the small " + kind.noun);
        if (big != null) {
          assertThat(big.area()).isGreaterThan(1.5 * small.area());
          pairs++;
        }
      }
    }
    assertThat(pairs).isGreaterThan(20);
  }

  @Test
  void aPhraseMeansOneThing() {
    for (AnnotatedImage image : images) {
      Map<String, List<Box>> boxes = new TreeMap<>();
      for (GroundTruth truth : image.groundTruth()) {
        List<Box> before = boxes.put(truth.phrase().text().toLowerCase(Locale.ROOT), truth.boxes());
        assertThat(before == null || before.equals(truth.boxes()))
            .as(image.id() + ": " + truth.phrase().text())
            .isTrue();
      }
    }
  }

  @Test
  void hasWhatMakesTheRealDatasetAwkward() {
    Set<String> types = new HashSet<>();
    images.forEach(
        image ->
            image
                .sentences()
                .forEach(s -> s.phrases().forEach(phrase -> types.addAll(phrase.types()))));

    assertThat(types)
        .contains(
            "people",
            "clothing",
            "animals",
            "vehicles",
            "instruments",
            "scene",
            "other",
            "notvisual");
    assertThat(images)
        .anySatisfy(image -> assertThat(image.scenes()).isNotEmpty())
        .anySatisfy(image -> assertThat(image.withoutBox()).isNotEmpty())
        .anySatisfy(
            image -> assertThat(image.boxes().values()).anySatisfy(b -> assertThat(b).hasSize(2)))
        .anySatisfy(
            image ->
                assertThat(image.boxes().values().stream().flatMap(List::stream).toList().size())
                    .isGreaterThan(
                        (int)
                            image.boxes().values().stream()
                                .flatMap(List::stream)
                                .distinct()
                                .count()));
    assertThat(images)
        .allSatisfy(
            image ->
                assertThat(image.scenes().stream().anyMatch(image.boxes()::containsKey)).isFalse());
  }

  @Test
  void everyChainIsNamedByAPhraseAndUniqueInTheDataset() {
    List<String> chains = new ArrayList<>();
    for (AnnotatedImage image : images) {
      Set<String> named =
          image.sentences().stream()
              .flatMap(sentence -> sentence.phrases().stream())
              .map(EntityPhrase::chain)
              .collect(Collectors.toSet());
      assertThat(named).containsAll(image.boxes().keySet());
      chains.addAll(image.boxes().keySet());
    }
    assertThat(chains).doesNotHaveDuplicates();
  }

  @Test
  void isTheSameForTheSameSeedAlone(@TempDir Path again, @TempDir Path other) throws IOException {
    SMALL.write(again);
    new SyntheticDataset(40, 10, 10, 8).write(other);

    assertThat(contents(again)).isEqualTo(contents(shared.resolve("synthetic")));
    assertThat(contents(other)).isNotEqualTo(contents(again));
  }

  @Test
  void imagesAndChainsAreNumberedThroughAllSplits(@TempDir Path folder) {
    new SyntheticDataset(2, 1, 3, 9).write(folder);
    Flickr30kEntities small = Flickr30kEntities.open(folder);

    assertThat(small.split("train")).containsExactly("1000000", "1000001");
    assertThat(small.split("val")).containsExactly("1000002");
    assertThat(small.split("test")).containsExactly("1000003", "1000004", "1000005");
    assertThat(small.card().description())
        .isEqualTo(
            "Scenes drawn by dataset synth with seed 9: 2 images to train on, 1 to tune on, 3 to"
                + " report on.");
    for (int image = 0; image < 6; image++) {
      String id = String.valueOf(1_000_000 + image);
      int before = 100 * image;
      assertThat(small.image(id)).isNotEmptyFile();
      assertThat(small.read(id).boxes().keySet())
          .extracting(Integer::valueOf)
          .allMatch(chain -> before < chain && chain <= before + 100)
          .anyMatch(chain -> chain <= before + 2);
    }
  }

  @Test
  void writesOverNothing() {
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> SMALL.write(shared.resolve("synthetic")))
        .withMessageContaining("already holds files");
    assertThatIllegalArgumentException().isThrownBy(() -> new SyntheticDataset(1, -1, 1, 1));
  }

  /** Returns the share of a box's pixels that are close to a colour. */
  private static double share(Colour colour, BufferedImage pixels, Box box) {
    int close = 0;
    for (int y = (int) box.y1(); y < box.y2(); y++) {
      for (int x = (int) box.x1(); x < box.x2(); x++) {
        Color pixel = new Color(pixels.getRGB(x, y));
        Color wanted = colour.paint;
        int distance =
            Math.abs(pixel.getRed() - wanted.getRed())
                + Math.abs(pixel.getGreen() - wanted.getGreen())
                + Math.abs(pixel.getBlue() - wanted.getBlue());
        close += distance < 60 ? 1 : 0;
      }
    }
    return close / box.area();
  }

  private static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            directory.relativize(file).toString(), Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
