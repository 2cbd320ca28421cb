package io.deixis.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.Defect;
import io.deixis.dataset.GroundingDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Photos of hand-written lists of phrases: their sizes and names. */
class PhraseListTest {

  @TempDir Path folder;

  private GroundingDataset list(String entries) throws IOException {
    return DatasetFormat.open(
        Files.writeString(folder.resolve("table.json"), "[" + entries + "]"), "phrases");
  }

  private static String entry(String image, String more) {
    return "{\"image\": \"%s\", \"phrase\": \"a mug\", \"boxes\": []%s}".formatted(image, more);
  }

  private static void assertIs120By90(AnnotatedImage image) {
    assertThat(image.width()).isEqualTo(120);
    assertThat(image.height()).isEqualTo(90);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void thePhotoTellsItsSize(String format) throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    ImageIO.write(
        new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB),
        format,
        images.resolve("mug." + format).toFile());

    assertIs120By90(list(entry("mug." + format, "")).read("mug"));
  }

  /** Tables and arithmetic conditions look like frames, but tell no size. */
  @ParameterizedTest
  @ValueSource(strings = {"ffc0", "ffc1", "ffc2", "ffc9", "ffcf"})
  void theFrameOfAJpegTellsTheSize(String frame) throws IOException {
    String others =
        "ffe0 0004 0000 ffdb 0003 00 ffc4 0004 0000 ffc8 0005 000000 ffcc 0002 fffe 0003 00";
    Files.write(
        folder.resolve("mug.jpg"),
        HexFormat.of().parseHex(("ffd8" + others + frame + "000b 08 005a 0078").replace(" ", "")));

    assertIs120By90(list(entry("mug.jpg", "")).read("mug"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffd8", "ffd8ffe00004", "ffd9ffc0000b08005a0078", "424d0000", "", "8950"})
  void whatIsNoPhotoTellsNoSize(String bytes) throws IOException {
    Files.write(folder.resolve("mug.jpg"), HexFormat.of().parseHex(bytes));
    GroundingDataset data = list(entry("mug.jpg", ""));

    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> data.split("table"))
        .withMessageContaining("the photo 'mug.jpg' cannot be read for its size");
  }

  @Test
  void aSizeThatWasGivenHoldsForTheRestOfTheList() throws IOException {
    String sized = entry("a/b.jpg", ", \"width\": 120, \"height\": 90");

    assertIs120By90(list(sized + "," + entry("a/b.jpg", "")).read("a_b"));
    GroundingDataset other = list(sized + "," + entry("a_b.jpg", ""));
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> other.split("table"))
        .withMessageContaining("the photo 'a_b.jpg' cannot be read for its size");
  }

  @Test
  void aBoxThatEndsBeforeItBeginsIsTold() throws IOException {
    GroundingDataset data =
        list(
            "\n"
                + "{\"image\": \"mug.jpg\", \"phrase\": \"a mug\", \"boxes\": [[1, 2, 9, 9], [5, 2,"
                + " 4, 9]], \"width\": 120, \"height\": 90}");

    assertThat(data.defects("mug"))
        .extracting(Defect::line, Defect::problem)
        .containsExactly(tuple(2, "[0].boxes[1] ends before it begins"));
  }
}
