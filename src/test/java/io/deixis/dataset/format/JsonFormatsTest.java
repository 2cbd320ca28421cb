package io.deixis.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetCard;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.Defect;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.geometry.Box;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatsTest {

  private static final String COCO =
      """
      {"info": {"description": "Two birds", "license": "CC0"},
       "images": [
        {"id": 7, "file_name": "a/bird 1.png", "width": 100, "height": 50,
         "caption": "\uD83D\uDC26 a red bird on a branch", "dataset_name": "mine", "original_id": 3},
        {"id": "8", "file_name": "a/bird 1.png", "width": 100, "height": 50,
         "caption": "the bird", "original_id": 3}],
       "annotations": [
        {"id": 1, "image_id": 7, "bbox": [10, 5, 20, 30], "category_id": 2, "iscrowd": 0,
         "tokens_positive": [[2, 12]]},
        {"id": 2, "image_id": 7, "bbox": [0, 30, 100, 10.5], "tokens_positive": [[16, 24]]},
        {"id": 3, "image_id": "8", "bbox": [10, 5, 20, 30], "tokens_positive": [[0, 8]]},
        {"id": 4, "image_id": 7, "bbox": [0, 0, 1, 1], "iscrowd": 1}],
       "categories": [{"id": 2, "name": "Wild Bird"}]}
      """;

  private static final String ODVG =
      """
      {"filename": "1.jpg", "width": 100, "height": 50, "grounding": {"caption": "A man and a Man's hat", "regions": [{"bbox": [1, 2, 30, 40], "phrase": "a man"}, {"bbox": [[50, 2, 60, 9]], "phrase": ["hat"]}, {"bbox": [31, 2, 49, 40], "phrase": "A man"}]}}

      {"file_name": "1.jpg", "width": 100, "height": 50, "detection": {"instances": [{"bbox": [1, 2, 30, 40], "label": 0, "category": "person"}, {"bbox": [50, 2, 60, 9], "category": "Straw hat"}, {"bbox": [31, 2, 49, 40], "category": "person"}]}}
      """;

  @TempDir Path folder;

  @Test
  void readsAListOfPhrasesWithThoseThatAreAbsent() throws IOException {
    ImageIO.write(
        new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB),
        "png",
        folder.resolve("mugs.png").toFile());
    Files.writeString(
        folder.resolve("table.json"),
        """
        [{"image": "mugs.png", "phrase": "the smaller mug", "boxes": [[1, 2, 30, 40]]},
         {"image": "mugs.png", "phrase": "both mugs", "boxes": [[1, 2, 30, 40], [50, 2, 90, 80.5]],
          "type": "Cup"},
         {"image": "mugs.png", "phrase": " a teapot ", "boxes": []},
         {"image": "away.jpg", "phrase": "a fork", "boxes": [], "width": 40, "height": 30}]
        """);
    Files.writeString(
        folder.resolve("predictions.json"),
        "[{\"image\": \"1\", \"phrase\": \"a\", \"boxes\": [], \"scores\": []}]");
    GroundingDataset data = DatasetFormat.open(folder);

    assertThat(data.splits()).containsExactly("table");
    assertThat(data.split("table")).containsExactly("mugs", "away");
    AnnotatedImage image = data.read("mugs");
    assertThat(image.width()).isEqualTo(120);
    assertThat(image.height()).isEqualTo(90);
    assertThat(image.absent()).containsExactly("a teapot");
    assertThat(image.groundTruth())
        .extracting(truth -> truth.phrase().text(), truth -> truth.phrase().types())
        .containsExactly(
            tuple("the smaller mug", List.of("object")), tuple("both mugs", List.of("cup")));
    assertThat(image.groundTruth().get(1).boxes())
        .containsExactly(new Box(1, 2, 30, 40), new Box(50, 2, 90, 80.5));
    assertThat(data.read("away").absent()).containsExactly("a fork");
  }

  @Test
  void aPhotoOfAListThatCannotBeReadIsNamed() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("table.json"),
            "[{\"image\": \"gone.jpg\", \"phrase\": \"a mug\", \"boxes\": []}]");
    GroundingDataset data = DatasetFormat.open(file);

    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> data.split("table"))
        .withMessageContainingAll("gone.jpg", "width and height");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[MUG] [] | line 1: something follows the document",
        "[MUG]] | line 1: it is no JSON",
        "[MUG | line 2: it is no JSON",
        "MUG | line 1: the document is no JSON list",
        "[MUG, 5] | line 1: [1] is no JSON object",
        "[{\"image\": \"../mug.png\"}] | line 1: the image's name '../mug.png' leads out of",
        "[{\"image\": \"/dev/zero\"}] | line 1: the image's name '/dev/zero' leads out of",
        "[{\"image\": \"\\u0000\"}] | line 1: the image's name is none that a file can have",
      })
  void refusesABrokenListOfPhrases(String list, String message) throws IOException {
    String mug =
        "{\"image\": \"mug.png\", \"phrase\": \"a mug\", \"boxes\": [], \"width\": 9, \"height\":"
            + " 9}";
    Path file = Files.writeString(folder.resolve("val.json"), list.replace("MUG", mug) + "\n");
    GroundingDataset data = DatasetFormat.open(file, "phrases");

    assertFails(() -> data.split("val"), message);
  }

  @Test
  void namesOfCategoriesAreTheCaptionWhereCocoHasNone() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("train.json"),
            """
            {"images": [
              {"id": 1, "file_name": "1.jpg", "width": 100, "height": 50},
              {"id": 2, "file_name": "2.jpg", "width": 100, "height": 50}],
             "annotations": [
              {"id": 1, "image_id": 1, "bbox": [10, 5, 20, 30], "category_id": 2},
              {"id": 2, "image_id": 1, "bbox": [40, 5, 20, 30], "category_id": 2},
              {"id": 3, "image_id": 1, "bbox": [0, 0, 9, 9], "category_id": 1}],
             "categories": [{"id": 1, "name": "person with a Hat"}, {"id": 2, "name": "dog"}]}
            """);
    GroundingDataset data = DatasetFormat.open(file);

    EntitySentence sentence = data.read("1").sentences().get(0);
    assertThat(sentence.text()).isEqualTo("dog. person with a Hat.");
    assertThat(sentence.phrases())
        .containsExactly(
            new EntityPhrase("1", List.of("dog"), "dog", 0),
            new EntityPhrase("2", List.of("person-with-a-hat"), "person with a Hat", 5));
    assertThat(data.read("1").groundTruth().get(0).boxes()).hasSize(2);
    assertThat(data.read("2").sentences()).isEmpty();
    assertThat(data.split("train")).containsExactly("1", "2");
  }

  @Test
  void readsCocoWithReferringExpressions() throws IOException {
    Files.writeString(folder.resolve("birds_val.json"), COCO);
    GroundingDataset data = DatasetFormat.open(folder);

    assertThat(data.splits()).containsExactly("val");
    assertThat(data.split("val")).containsExactly("a_bird_1");
    assertThat(data.card())
        .extracting(DatasetCard::name, DatasetCard::licence)
        .containsExactly("Two birds", "CC0");
    assertThat(data.image("a_bird_1")).isEqualTo(folder.resolve("a/bird 1.png"));
    AnnotatedImage image = data.read("a_bird_1");
    assertThat(image.width()).isEqualTo(100);
    assertThat(image.height()).isEqualTo(50);
    assertThat(image.sentences())
        .extracting(EntitySentence::text)
        .containsExactly("\uD83D\uDC26 a red bird on a branch", "the bird");
    assertThat(image.sentences().get(0).phrases())
        .containsExactly(
            new EntityPhrase("1", List.of("wild-bird"), "a red bird", 3),
            new EntityPhrase("2", List.of("object"), "a branch", 17));
    assertThat(image.groundTruth())
        .extracting(GroundTruth::boxes)
        .containsExactly(
            List.of(new Box(10, 5, 30, 35)),
            List.of(new Box(0, 30, 100, 40.5)),
            List.of(new Box(10, 5, 30, 35)));
    assertThat(data.defects("a_bird_1")).isEmpty();
  }

  @Test
  void phrasesOfTheSameBoxesAreOneChain() throws IOException {
    Path file = Files.writeString(folder.resolve("birds.json"), COCO);
    AnnotatedImage image = DatasetFormat.open(file).read("a_bird_1");

    assertThat(image.groundTruth())
        .extracting(truth -> truth.phrase().chain())
        .containsExactly("1", "2", "1");
  }

  @Test
  void readsOdvgGroundingAndDetection() throws IOException {
    Path file = Files.writeString(folder.resolve("men.jsonl"), ODVG);
    GroundingDataset data = DatasetFormat.open(file);

    AnnotatedImage image = data.read(data.split("men").get(0));
    assertThat(image.sentences())
        .extracting(EntitySentence::text)
        .containsExactly("A man and a Man's hat", "person", "Straw hat");
    assertThat(image.groundTruth())
        .extracting(t -> t.phrase().text(), t -> t.phrase().types().get(0), t -> t.boxes().size())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A man", "object", 2),
            org.assertj.core.groups.Tuple.tuple("hat", "object", 1),
            org.assertj.core.groups.Tuple.tuple("person", "person", 2),
            org.assertj.core.groups.Tuple.tuple("Straw hat", "straw-hat", 1));
    assertThat(image.groundTruth().get(0).phrase().chain())
        .isEqualTo(image.groundTruth().get(2).phrase().chain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"coco", "odvg"})
  void aDataSetInAnotherFormatHasTheSameTruth(String format) throws IOException {
    Path drawn = folder.resolve("drawn");
    new SyntheticDataset(3, 2, 0, 4).write(drawn);
    GroundingDataset original = DatasetFormat.open(drawn);
    Path other = Files.createDirectories(folder.resolve(format));
    for (String split : List.of("train", "val")) {
      if (format.equals("coco")) {
        JsonSamples.writeCoco(original, split, other.resolve(split + ".json"));
      } else {
        JsonSamples.writeOdvg(original, split, other.resolve("my_" + split + ".jsonl"));
      }
    }
    GroundingDataset data = DatasetFormat.open(other, format);

    assertThat(data.splits()).containsExactly("train", "val");
    for (String split : List.of("train", "val")) {
      assertThat(data.split(split)).isEqualTo(original.split(split));
      for (String id : data.split(split)) {
        assertThat(data.image(id)).exists();
        assertThat(data.read(id).groundTruth())
            .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
                "phrase.chain", "phrase.types", "boxes")
            .isEqualTo(original.read(id).groundTruth());
        for (int i = 0; i < data.read(id).groundTruth().size(); i++) {
          assertThat(data.read(id).groundTruth().get(i).boxes())
              .containsExactlyInAnyOrderElementsOf(original.read(id).groundTruth().get(i).boxes());
        }
      }
    }
  }

  @Test
  void furtherSplitsAreLists() throws IOException {
    Files.writeString(folder.resolve("val.json"), COCO);
    GroundingDataset data = DatasetFormat.open(folder);

    data.addSplits(Map.of("fit", List.of("a_bird_1")));

    assertThat(DatasetFormat.open(folder).split("fit")).containsExactly("a_bird_1");
    assertFails(() -> data.addSplits(Map.of("val", List.of())), "val.json is there already");
    assertFails(() -> data.split("test"), "has no split test: name one of val, fit");
    assertFails(() -> data.read("other"), "has no image other");
  }

  @Test
  void anImageOfTwoSplitsIsNotRead() throws IOException {
    Files.writeString(folder.resolve("train.json"), COCO);
    Files.writeString(folder.resolve("val.json"), COCO);
    GroundingDataset data = DatasetFormat.open(folder);
    data.split("train");
    data.split("val");

    assertFails(() -> data.read("a_bird_1"), "is in " + folder.resolve("train.json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"width\": 100, | \"width\": 0, | images[0].width is no whole number above 0",
        "\"width\": 100, | \"width\": \"100\", | images[0].width is no whole number",
        "\"caption\": \"the bird\" | \"title\": \"the bird\" | images[1].caption is no text",
        "\"id\": \"8\" | \"id\": 7 | images[1].id is another image's",
        "\"image_id\": \"8\" | \"image_id\": 9 | annotations[2].image_id is no image's",
        "a/bird 1.png | ../bird 1.png | leads out of the folder",
        "a/bird 1.png | /bird 1.png | leads out of the folder",
        "a/bird 1.png | a\\\\\\\\bird.png | leads out of the folder",
        "a/bird 1.png | a/\\\\u0000bird.png | the image's name is none that a file can have",
        "\"iscrowd\": 1}] | \"iscrowd\": 1}]] | it is no JSON",
        "{\"info\" | {\"images\": [], \"info\" | the field 'images' is there twice",
      })
  void refusesBrokenCoco(String sound, String broken, String message) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("val.json"),
            COCO.replaceFirst(java.util.regex.Pattern.quote(sound), broken));
    GroundingDataset data = DatasetFormat.open(file, "coco");

    assertFails(() -> data.split("val"), message);
    assertFails(() -> data.split("val"), file.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[10, 5, 20, 30] | [10, 5, -20, 30] | annotations[0].bbox ends before it begins",
        "[10, 5, 20, 30] | [10, 5, 20] | annotations[0].bbox is no list of four numbers",
        "[10, 5, 20, 30] | [10, 5, 20, 1e999] | annotations[0].bbox is no list of four numbers",
        "[[2, 12]] | [[2, 99]] | annotations[0].tokens_positive has the span [2,99]",
        "[[2, 12]] | 3 | annotations[0].tokens_positive is no list",
      })
  void tellsWhatIsWrongWithAnImage(String sound, String broken, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("val.json"), COCO.replace(sound, broken));
    GroundingDataset data = DatasetFormat.open(file);

    assertThat(data.defects("a_bird_1"))
        .filteredOn(defect -> defect.severity() == Defect.Severity.ERROR)
        .extracting(Defect::problem)
        .first()
        .asString()
        .contains(message);
    assertThat(data.defects("a_bird_1").get(0).line()).isPositive();
    assertFails(() -> data.read("a_bird_1"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"filename\" | [\"filename\" | line 1: it is no JSON",
        "\"width\": 100, \"height\": 50, \"detection\" | \"width\": 99, \"height\": 50,"
            + " \"detection\" | line 3: the image '1.jpg' is 99 x 50 here and 100 x 50 before",
        "{\"filename\" | {} {\"filename\" | line 1: something follows",
        "\"filename\": | \"filename\": \"2.jpg\", \"filename\": | line 1: the field 'filename' is"
            + " there twice",
      })
  void refusesBrokenOdvg(String sound, String broken, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("val.jsonl"), ODVG.replace(sound, broken));
    GroundingDataset data = DatasetFormat.open(file, "odvg");

    assertFails(() -> data.split("val"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "man, a man's hat, 1",
    "man, a woman, 0",
    "man, a man, 1",
    "MAN, a man9, 0",
    "é, éa, 0"
  })
  void wholeWordsOfACaptionAreMeant(String phrase, String caption, int found) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("val.jsonl"),
            """
            {"filename": "1.jpg", "width": 9, "height": 9, "grounding": {"caption": "%s", "regions": [{"bbox": [1, 2, 3, 4], "phrase": "%s"}]}}
            """
                .formatted(caption, phrase));
    List<Defect> defects = DatasetFormat.open(file).defects("1");

    assertThat(defects).hasSize(1 - found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[0, 0, 100, 50] | ~~",
        "[0, 0, 101, 50] | reaches out of the image of 100 x 50",
        "[0, 0, 100, 51] | reaches out of the image of 100 x 50",
        "[-1, 0, 100, 50] | reaches out of the image of 100 x 50",
        "[0, -1, 100, 50] | reaches out of the image of 100 x 50",
        "[5, 5, 5, 9] | is empty",
        "[5, 5, 9, 5] | is empty",
        "[5, 5, 4, 9] | ends before it begins",
        "[5, 5, 9, 4] | ends before it begins",
        "[[5, 5, 9, 9], [5, 5, 5, 9]] | is empty",
        "[] | is no list of four numbers",
        "[[]] | is no list of four numbers",
      })
  void boxesAreMeasuredAgainstTheImage(String box, String problem) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("val.jsonl"),
            """
            {"filename": "1.jpg", "width": 100, "height": 50, "grounding": {"caption": "a man", "regions": [{"bbox": %s, "phrase": "a man"}]}}
            """
                .formatted(box));

    assertThat(DatasetFormat.open(file).defects("1"))
        .extracting(Defect::problem)
        .hasSize(problem.isEmpty() ? 0 : 1)
        .allSatisfy(told -> assertThat(told).contains(problem).contains("bbox"));
  }

  @Test
  void aPhraseInPiecesIsAListOfTexts() throws IOException {
    for (String piece : List.of("5", "\" \"", "null")) {
      Path file =
          Files.writeString(
              folder.resolve("val.jsonl"), ODVG.replace("[\"hat\"]", "[\"hat\", " + piece + "]"));

      assertFails(
          () -> DatasetFormat.open(file).read("1"), "phrase is neither a text nor a list of texts");
    }
  }

  @Test
  void spansOfACaptionAreTakenAsTheyAre() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("val.jsonl"),
            ODVG.replace("\"phrase\": [\"hat\"]", "\"tokens_positive\": [[17, 21], [0, 2]]"));

    assertThat(DatasetFormat.open(file).read("1").sentences().get(0).phrases())
        .extracting(EntityPhrase::text)
        .containsExactly("A", "A man", "hat");
  }

  @Test
  void namesThePhraseThatIsNotInItsCaption() throws IOException {
    Path file = Files.writeString(folder.resolve("val.jsonl"), ODVG.replace("a man", "a woman"));
    GroundingDataset data = DatasetFormat.open(file);

    assertFails(
        () -> data.read("1"),
        "(line 1: grounding.regions[0].phrase 'a woman' is not in the caption)");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheData() throws IOException {
    Path file = Files.writeString(folder.resolve("val.jsonl"), "\uFEFF" + ODVG);
    assertThat(DatasetFormat.open(file).split("val")).containsExactly("1");
    Path coco = Files.writeString(folder.resolve("val.json"), "\uFEFF" + COCO);
    assertThat(DatasetFormat.open(coco).split("val")).containsExactly("a_bird_1");
  }

  private static void assertFails(Runnable action, String message) {
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(action::run)
        .withMessageContaining(message);
  }
}
