package io.deixis.batch.ground;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.grounding.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelCommandTest {

  @TempDir Path folder;

  private final GroundCommandRuns runs = new GroundCommandRuns();
  private Path photos;
  private Path out;
  private Path classes;

  @BeforeEach
  void writePhotos() throws IOException {
    photos = Files.createDirectories(folder.resolve("photos"));
    for (int i = 0; i < 10; i++) {
      Files.write(photos.resolve("p%d.jpg".formatted(i)), ConstantGrounder.IMAGE);
    }
    classes = Files.writeString(folder.resolve("classes.txt"), "a dog\na cat\n");
    out = folder.resolve("dataset");
  }

  private CommandRun label(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(photos.toString(), "--classes", classes.toString(), "--out", out.toString()));
    arguments.addAll(List.of(more));
    return runs.label(arguments.toArray(String[]::new));
  }

  @Test
  void yoloHasLabelsBesidePhotosInBothSplits() throws IOException {
    CommandRun run = label("--val", "0.2");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("10 photos and 20 boxes");
    assertThat(files("images/train")).hasSize(8);
    assertThat(files("images/val")).hasSize(2);
    assertThat(files("labels/val"))
        .isEqualTo(files("images/val").stream().map(name -> name.replace("jpg", "txt")).toList());
    assertThat(Files.readString(out.resolve("labels/val").resolve(files("labels/val").get(0))))
        .startsWith("1 0.120400 ");
    assertThat(out.resolve("data.yaml"))
        .hasContent(
            """
            train: images/train
            val: images/val
            names:
              0: "a dog"
              1: "a cat"
            """);
  }

  @Test
  void cocoHasEveryClassInEverySplit() throws IOException {
    label("--format", "coco", "--val", "0.1");

    JsonNode train = GroundCommandRuns.MAPPER.readTree(out.resolve("train.json").toFile());
    assertThat(train.path("images")).hasSize(9);
    assertThat(train.path("categories").toString())
        .isEqualTo("[{\"id\":1,\"name\":\"a dog\"},{\"id\":2,\"name\":\"a cat\"}]");
    assertThat(train.path("annotations").findValuesAsText("category_id")).containsOnly("2");
    assertThat(files("images")).hasSize(10);
    assertThat(out.resolve("val.json")).exists();
  }

  @Test
  void vocHasListsOfBothSplits() throws IOException {
    label("--format", "voc", "--val", "0.3");

    assertThat(files("JPEGImages")).hasSize(10);
    assertThat(files("Annotations")).hasSize(10);
    assertThat(Files.readAllLines(out.resolve("ImageSets/Main/val.txt"))).hasSize(3);
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    label();
    String stopped = files("labels/train").get(0);
    Files.delete(out.resolve("labels/train").resolve(stopped));
    runs.grounder.requests.clear();

    assertThat(label().err()).contains("--resume");
    assertThat(label("--resume").status()).isZero();

    assertThat(runs.grounder.requests).hasSize(1);
    assertThat(out.resolve("labels/train").resolve(stopped)).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"p0.jpg", "p1.jpg"})
  void aSplitWhosePhotosCannotBeReadIsTheOtherOne(String broken) throws IOException {
    for (int i = 2; i < 10; i++) {
      Files.delete(photos.resolve("p%d.jpg".formatted(i)));
    }
    Files.writeString(photos.resolve(broken), "no image");

    label("--val", "0.5");

    assertThat(Files.readAllLines(out.resolve("data.yaml")).subList(0, 2))
        .allSatisfy(line -> assertThat(out.resolve(line.split(": ")[1])).isDirectory());
  }

  @Test
  void aPhotoThatCannotBeReadIsLeftOut() throws IOException {
    Files.writeString(photos.resolve("broken.jpg"), "no image");

    CommandRun run = label("--val", "0");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(files("images/train")).hasSize(10).doesNotContain("broken.jpg");
  }

  @Test
  void anEmptyFileIsCalledSo() throws IOException {
    Files.createFile(photos.resolve("empty.jpg"));

    assertThat(label().err()).contains("empty.jpg: The file is empty; copy the photo anew.");
  }

  @Test
  void aGifIsNamedAsThePngThatIsWritten() throws IOException {
    Files.write(photos.resolve("moving.GIF"), ConstantGrounder.IMAGE);

    label("--val", "0");

    assertThat(files("images/train")).contains("moving.GIF.png").hasSize(11);
    assertThat(files("labels/train")).contains("moving.GIF.txt").hasSize(11);
  }

  @Test
  void moreClassesThanARequestMayHavePhrasesAreAskedInParts() throws IOException {
    String many =
        IntStream.range(0, 69).mapToObj("thing %d\n"::formatted).collect(Collectors.joining());
    Files.writeString(classes, many + "person\na cat\n");

    CommandRun run = label();

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("10 photos and 20 boxes");
    assertThat(Files.readString(out.resolve("labels/val").resolve(files("labels/val").get(0))))
        .startsWith("70 ");
    assertThat(runs.grounder.requests)
        .extracting(request -> ((Query.Phrases) request.query()).texts())
        .allSatisfy(phrases -> assertThat(phrases).hasSizeLessThanOrEqualTo(64))
        .anySatisfy(
            phrases ->
                assertThat(phrases)
                    .containsExactly(
                        "the thing 64",
                        "the thing 65",
                        "the thing 66",
                        "the thing 67",
                        "the thing 68",
                        "the person",
                        "the man",
                        "the woman",
                        "the child",
                        "a cat"));
  }

  private List<String> files(String name) throws IOException {
    try (var files = Files.list(out.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
