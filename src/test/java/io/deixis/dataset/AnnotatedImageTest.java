package io.deixis.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotatedImageTest {

  private static final Box LEFT = new Box(0, 10, 20, 30);
  private static final Box RIGHT = new Box(40, 0, 60, 20);

  private static final AnnotatedImage IMAGE =
      new AnnotatedImage(
          "1",
          400,
          300,
          Map.of("12", List.of(LEFT, RIGHT)),
          Set.of(),
          Set.of(),
          List.of(EntitySentence.parse("[/EN#12/people Two men] wait .")));

  @Test
  void aPhotoOfAnotherSizeIsADefect() {
    Path photo = Path.of("1.jpg");

    assertThat(IMAGE.sizeDefect(photo, 400, 300)).isEmpty();
    assertThat(IMAGE.sizeDefect(photo, 400, 299).orElseThrow().problem())
        .isEqualTo("the photo has 400 x 299 pixels where its annotations say 400 x 300");
    assertThat(IMAGE.sizeDefect(photo, 800, 300)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 300, true",
    "200, 150, true",
    "1600, 1200, true",
    "133, 100, true",
    "400, 200, false",
    "300, 400, false",
    "800, 300, false"
  })
  void aPhotoOfTheSameShapeIsTheSameInAnotherSize(int width, int height, boolean same) {
    assertThat(IMAGE.hasShapeOf(width, height)).isEqualTo(same);
  }

  @Test
  void theTruthOfAPhraseHasOneBoxAroundAll() {
    assertThat(IMAGE.groundTruth().get(0).enclosingBox()).isEqualTo(new Box(0, 0, 60, 30));
    assertThat(ImageProfile.of(IMAGE).types()).containsExactly("people");
    assertThat(ImageProfile.of(IMAGE).image()).isEqualTo("1");
  }

  @Test
  void whatCannotBeWrittenIsToldWithoutNamesOfClasses() {
    Path file = Path.of("train.txt");

    assertThat(DatasetException.unwritable(file, new IOException("No space left on device")))
        .hasMessageStartingWith("train.txt cannot be written (No space left on device): name a");
    assertThat(DatasetException.unwritable(file, new AccessDeniedException("train.txt")))
        .hasMessageStartingWith("train.txt cannot be written: name a")
        .extracting(DatasetException::reason)
        .isEqualTo(DatasetException.Reason.STORAGE);
    assertThat(DatasetException.absentImages("None.", null).reason())
        .isEqualTo(DatasetException.Reason.ABSENT_IMAGES);
  }
}
