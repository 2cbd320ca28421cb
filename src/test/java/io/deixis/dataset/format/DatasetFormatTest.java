package io.deixis.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deixis.dataset.DatasetCard;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.synthetic.SyntheticDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetFormatTest {

  @TempDir Path folder;

  @Test
  void recognisesAFormatOrTakesItByName() {
    Path data = folder.resolve("drawn");
    new SyntheticDataset(2, 1, 1, 1).write(data);

    assertThat(DatasetFormat.open(data)).isInstanceOf(Flickr30kEntities.class);
    assertThat(DatasetFormat.open(data, "flickr30k").splits())
        .containsExactly("train", "val", "test");
  }

  @Test
  void refusesWhatNoFormatKnows() {
    assertFails(() -> DatasetFormat.open(folder), "is no data set of a known format");
    assertFails(() -> DatasetFormat.open(folder.resolve("no")), "no is missing");
    assertFails(() -> DatasetFormat.open(folder, "pickle"), "no data set format 'pickle'");
  }

  @Test
  void aDataSetSaysWhatItIs() throws IOException {
    Path data = folder.resolve("drawn");
    new SyntheticDataset(1, 1, 1, 7).write(data);
    GroundingDataset dataset = DatasetFormat.open(data);

    assertThat(dataset.card().name()).isEqualTo("Deixis drawn scenes");
    assertThat(dataset.card().licence()).isEqualTo("Apache-2.0");
    assertThat(dataset.card().description()).contains("seed 7");

    Files.delete(data.resolve(DatasetCard.FILE));
    assertThat(dataset.card().name()).isEqualTo("drawn");
    assertThat(dataset.card().licence()).isEqualTo(DatasetCard.UNKNOWN_LICENCE);

    Files.writeString(data.resolve(DatasetCard.FILE), "[1]");
    assertFails(dataset::card, "dataset.json is no card");
    Files.writeString(data.resolve(DatasetCard.FILE), "{\"licence\": \"mine\"}");
    assertFails(dataset::card, "dataset.json is no card");
    Files.writeString(data.resolve(DatasetCard.FILE), "{\"name\": \"mine\"} {}");
    assertFails(dataset::card, "dataset.json is no card");
    Files.writeString(data.resolve(DatasetCard.FILE), "\uFEFF{\"name\": \"mine\"}");
    assertThat(dataset.card().name()).isEqualTo("mine");
  }

  @Test
  void refusesASplitThatNamesAnImageTwice() throws IOException {
    Path data = folder.resolve("drawn");
    new SyntheticDataset(2, 1, 1, 1).write(data);
    Files.writeString(data.resolve("val.txt"), "1000002\n\n1000003\n1000002\n");
    GroundingDataset dataset = DatasetFormat.open(data);

    assertFails(() -> dataset.split("val"), "names the image 1000002 twice, again in line 4");
    assertThat(dataset.list("val").entries()).hasSize(3);
  }

  @Test
  void theUsualSplitsComeFirstAndOtherTextsAreNone() throws IOException {
    Path data = folder.resolve("drawn");
    new SyntheticDataset(1, 1, 1, 1).write(data);
    for (String name : List.of("aside.txt", "zoo.txt", "README.txt", ".hidden.txt", "val.json")) {
      Files.writeString(data.resolve(name), "1000000\n");
    }

    assertThat(DatasetFormat.open(data).splits())
        .containsExactly("train", "val", "test", "aside", "zoo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Annotations", "Sentences"})
  void aFolderThatLacksAPartIsToldSo(String part) throws IOException {
    Files.createDirectory(folder.resolve(part));
    String other = part.equals("Sentences") ? "Annotations" : "Sentences";

    assertFails(() -> DatasetFormat.open(folder), other + " is missing");
  }

  @Test
  void addsSplitsOrNone() {
    Path data = folder.resolve("drawn");
    new SyntheticDataset(2, 1, 1, 1).write(data);
    GroundingDataset dataset = DatasetFormat.open(data);

    dataset.addSplits(Map.of("fit", dataset.split("train")));
    assertThat(dataset.split("fit")).isEqualTo(dataset.split("train"));
    assertThat(dataset.splits()).containsExactly("train", "val", "test", "fit");
    assertFails(
        () -> dataset.addSplits(Map.of("fit", dataset.split("val"), "new", List.of())),
        "there already");
    assertThat(dataset.splits()).containsExactly("train", "val", "test", "fit");
  }

  private static void assertFails(Runnable action, String message) {
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(action::run)
        .withMessageContaining(message);
  }
}
