package io.deixis.engine.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deixis.files.Sha256;
import io.deixis.metrics.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelBundleTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final BundleManifest DRAFT =
      new BundleManifest(
          0,
          "small",
          "3",
          "A model.",
          "Apache-2.0",
          Map.of(),
          Architecture.STANDARD,
          null,
          new Calibration(1.5, -0.25),
          Map.of("best", 0.4),
          Map.of("recall@1", 0.66),
          Map.of("data", "made up"));

  @TempDir private Path parent;
  private Path bundle;

  @BeforeEach
  void seal() throws IOException {
    bundle = Files.createDirectory(parent.resolve("small"));
    Files.writeString(bundle.resolve(ModelBundle.BACKBONE), "a graph");
    Files.writeString(bundle.resolve(ModelBundle.HEAD), "weights");
    ModelBundle.seal(bundle, DRAFT);
  }

  @Test
  void opensWhatWasSealed() {
    ModelBundle opened = ModelBundle.open(bundle);

    BundleManifest manifest = opened.manifest();
    assertThat(manifest.schema()).isEqualTo(BundleManifest.SCHEMA);
    assertThat(manifest.name()).isEqualTo("small");
    assertThat(manifest.calibration()).isEqualTo(new Calibration(1.5, -0.25));
    assertThat(manifest.thresholds()).containsOnly(Map.entry("best", 0.4));
    assertThat(manifest.architecture()).isEqualTo(Architecture.STANDARD);
    assertThat(manifest.files()).containsOnlyKeys(ModelBundle.BACKBONE, ModelBundle.HEAD);
    assertThat(opened.file(ModelBundle.HEAD)).hasContent("weights");
  }

  @Test
  void sealingAgainTakesTheFilesAsTheyAreNow() throws IOException {
    Files.writeString(bundle.resolve(ModelBundle.HEAD), "better weights");
    ModelBundle.seal(bundle, DRAFT);

    assertThat(ModelBundle.open(bundle).manifest().name()).isEqualTo("small");
    assertThat(bundle).isDirectoryNotContaining("glob:**.partial");
  }

  /** Languages that write numbers in digits of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa", "bn", "mr", "en"})
  void findsEveryHeadInEveryLanguage(String language) throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      for (String head : List.of("head-2.safetensors", "head-3.safetensors")) {
        Files.writeString(bundle.resolve(head), head);
      }
      ModelBundle.seal(bundle, DRAFT);

      assertThat(ModelBundle.open(bundle).heads())
          .extracting(head -> head.getFileName().toString())
          .containsExactly("head.safetensors", "head-2.safetensors", "head-3.safetensors");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void refusesAHeadThatWouldNotBeLoaded() throws IOException {
    Path third = Files.writeString(bundle.resolve("head-3.safetensors"), "3");
    String hash = Sha256.of(third);
    edit(manifest -> manifest.withObject("/files").put("head-3.safetensors", hash));

    assertRefused(bundle, "head-3.safetensors", "head.safetensors", "restore");
  }

  @Test
  void refusesAFolderWithoutABundle() {
    assertRefused(parent, "no model bundle at", "deixis.models.directory");
  }

  @Test
  void refusesAChangedFile() throws IOException {
    Files.writeString(bundle.resolve(ModelBundle.HEAD), "Weights");

    assertRefused(bundle, "head.safetensors", "SHA-256 differs", "restore");
  }

  @Test
  void refusesAMissingFile() throws IOException {
    Files.delete(bundle.resolve(ModelBundle.BACKBONE));

    assertRefused(bundle, "lacks the file backbone.pt", "restore");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void refusesAnotherSchema(int schema) throws IOException {
    edit(manifest -> manifest.put("schema", schema));

    assertRefused(bundle, "schema " + schema, "reads schema 2");
  }

  @Test
  void refusesNumbersThatAreNone() throws IOException {
    edit(manifest -> manifest.put("schema", 2.5));
    assertRefused(bundle, "bundle.json", "restore the folder");
    edit(manifest -> manifest.put("schema", "2"));
    assertRefused(bundle, "bundle.json", "restore the folder");
    edit(manifest -> manifest.put("schema", 2).putObject("thresholds").put("best", "0.4"));
    assertRefused(bundle, "bundle.json", "restore the folder");
  }

  static Stream<Arguments> descriptionsThatDoNotFit() {
    return Stream.of(
        fits("/backbone", b -> b.put("surprise", 1), "surprise"),
        fits("/backbone", b -> b.put("querySize", 0), "queries disagree"),
        fits("/backbone", b -> b.putArray("classes"), "classes disagree"),
        fits("/backbone", b -> b.withObject("/input").put("width", 0), "no size"),
        fits("/backbone", b -> b.withObject("/input").put("width", 400), "does not divide"),
        fits("/backbone", b -> b.withObject("/maps").remove("f8"), "f8"),
        fits("/backbone", b -> b.withObject("/maps/f8").put("channels", -1), "channels"),
        fits(
            "/backbone", b -> ((ObjectNode) b.get("regions").get(0)).putArray("pools"), "no pools"),
        fits("/backbone", b -> b.remove("input"), "no input"),
        fits("/matcher", m -> m.put("kind", "oracle"), "oracle"),
        fits("/matcher", m -> m.withObject("/sizes").remove("rank"), "no rank"),
        fits("/matcher", m -> m.withObject("/sizes").put("width", -4), "width"),
        fits("/phraseEncoder", e -> e.put("dimension", 0), "dimension"));
  }

  private static Arguments fits(String part, Consumer<ObjectNode> change, String reason) {
    return Arguments.of(part, change, reason);
  }

  @ParameterizedTest
  @MethodSource("descriptionsThatDoNotFit")
  void refusesADescriptionThatDoesNotFit(String part, Consumer<ObjectNode> change, String reason)
      throws IOException {
    edit(manifest -> change.accept(manifest.withObject("/architecture" + part)));

    assertRefused(bundle, "bundle.json", reason, "restore the folder");
  }

  @Test
  void refusesAManifestThatLeavesAFileOut() throws IOException {
    edit(manifest -> manifest.withObject("/files").remove(ModelBundle.HEAD));

    assertRefused(bundle, "lists no head.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "../../outside", "sub/file", "..", "."})
  void refusesAFileOutsideOfTheFolder(String name) throws IOException {
    Files.writeString(parent.resolve("outside"), "secret");
    edit(manifest -> manifest.withObject("/files").put(name, "00"));

    assertRefused(bundle, "outside of it");
  }

  @Test
  void refusesAFileOutsideOfAFolderNamedRelatively() throws IOException {
    edit(manifest -> manifest.withObject("/files").put("../../outside", "00"));
    Path relative = Path.of("").toAbsolutePath().relativize(bundle);

    assertRefused(relative, "outside of it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "not JSON",
        "{\"schema\": 2}",
        "{\"schema\": 2, \"name\": \"a\", \"files\": {}, \"architecture\": null}",
        "{\"schema\": 2, \"surprise\": true}"
      })
  void refusesAManifestThatIsNone(String content) throws IOException {
    Files.writeString(bundle.resolve(ModelBundle.MANIFEST), content);

    assertRefused(bundle, "bundle.json", "restore the folder");
  }

  @Test
  void sealsEveryFileAndTheDocumentsThatComeWithIt() throws IOException {
    Files.writeString(bundle.resolve(ModelBundle.CARD), "# small");
    ModelBundle.seal(bundle, DRAFT, Map.of("evaluation/val.json", new byte[] {'{', '}'}));

    ModelBundle opened = ModelBundle.open(bundle);
    assertThat(opened.manifest().files())
        .containsOnlyKeys(
            ModelBundle.BACKBONE, ModelBundle.HEAD, ModelBundle.CARD, "evaluation/val.json");
    assertThat(bundle.resolve("evaluation/val.json")).hasContent("{}");
    assertThat(opened.card()).contains("# small");

    Files.writeString(bundle.resolve("evaluation/val.json"), "{ }");
    assertRefused(bundle, "val.json", "SHA-256 differs");
    assertThatThrownBy(opened::evaluation).isInstanceOf(BundleException.class);
  }

  @Test
  void doesNotReadACardThatWasChangedAfterOpening() throws IOException {
    Files.writeString(bundle.resolve(ModelBundle.CARD), "# small");
    ModelBundle.seal(bundle, DRAFT);
    ModelBundle opened = ModelBundle.open(bundle);
    Files.delete(bundle.resolve(ModelBundle.CARD));
    Files.createSymbolicLink(
        bundle.resolve(ModelBundle.CARD), Files.writeString(parent.resolve("x"), "# small"));

    assertThatThrownBy(opened::card).isInstanceOf(BundleException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MODEL_CARD.md",
        "evaluation/scores.json",
        "evaluation/other.csv",
        "head-2.safetensors"
      })
  void refusesAFileThatNoHashCovers(String name) throws IOException {
    Files.createDirectories(bundle.resolve("evaluation"));
    Files.writeString(bundle.resolve(name), "whose is this?");

    assertRefused(bundle, name, "does not list", "take it away");
  }

  @Test
  void looksPastHiddenFiles() throws IOException {
    Files.writeString(bundle.resolve(".DS_Store"), "of the file manager");

    assertThat(ModelBundle.open(bundle).manifest().name()).isEqualTo("small");
  }

  @ParameterizedTest
  @ValueSource(strings = {"backbone.pt", "head.safetensors", "bundle.json"})
  void refusesALinkAndWhatIsNoFile(String name) throws IOException {
    Path moved = Files.move(bundle.resolve(name), parent.resolve("moved"));
    Files.createSymbolicLink(bundle.resolve(name), moved);
    assertRefused(bundle, name, "restore");

    Files.delete(bundle.resolve(name));
    Files.createDirectory(bundle.resolve(name));
    assertRefused(bundle, name, "restore");
  }

  @Test
  void refusesAnEvaluationThatLiesElsewhere() throws IOException {
    ModelBundle.seal(bundle, DRAFT, Map.of("evaluation/val.json", new byte[] {'{', '}'}));
    Path moved = Files.move(bundle.resolve("evaluation"), parent.resolve("moved"));
    Files.createSymbolicLink(bundle.resolve("evaluation"), moved);

    assertRefused(bundle, "val.json", "link");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../elsewhere", "a/b", "a\\\\b", "..", ".hidden", "", "a\\u0000b"})
  void refusesANameThatLeadsElsewhere(String name) throws IOException {
    replace("\"small\"", "\"" + name + "\"");

    assertRefused(bundle, "its name is not allowed as the name of a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e999", "\"NaN\"", "\"Infinity\"", "1.5", "-0.1", "null"})
  void refusesAThresholdThatIsNoShare(String threshold) throws IOException {
    replace("0.4", threshold);

    assertRefused(bundle, "its threshold best is not within 0 and 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "\"NaN\""})
  void refusesACalibrationThatIsNoNumber(String scale) throws IOException {
    replace("1.5", scale);

    assertRefused(bundle, "its calibration is no number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1.5", "0"})
  void refusesACalibrationByWhichScoresDoNotRise(String scale) throws IOException {
    replace("1.5", scale);

    assertRefused(bundle, "its calibration makes scores fall where logits rise");
  }

  @ParameterizedTest
  @CsvSource({
    "0.4, true, thresholds.best is not what it should be",
    "0.4, NaN, it is no JSON",
    "0.4, {}, thresholds.best is not what it should be",
    "1.5, [], calibration.scale is not what it should be"
  })
  void tellsInPlainWordsWhatIsWrong(String json, String other, String said) throws IOException {
    replace(json, other);

    assertRefused(bundle, "(" + said + ")");
  }

  @Test
  void refusesASecondDocumentBehindTheManifest() throws IOException {
    Path file = bundle.resolve(ModelBundle.MANIFEST);
    Files.writeString(file, Files.readString(file) + "{}");

    assertRefused(bundle, "(something follows the document)");
  }

  @Test
  void leavesOutAMetricThatIsNoNumber() throws IOException {
    replace("0.66", "1e999");

    assertThat(ModelBundle.open(bundle).manifest().metrics()).isEmpty();
  }

  private void replace(String json, String other) throws IOException {
    Path file = bundle.resolve(ModelBundle.MANIFEST);
    String manifest = Files.readString(file);
    assertThat(manifest).contains(json);
    Files.writeString(file, manifest.replace(json, other));
  }

  private void edit(Consumer<ObjectNode> change) throws IOException {
    Path file = bundle.resolve(ModelBundle.MANIFEST);
    ObjectNode manifest = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(manifest);
    Files.writeString(file, JSON.writeValueAsString(manifest));
  }

  private static void assertRefused(Path directory, String... parts) {
    assertThatThrownBy(() -> ModelBundle.open(directory))
        .isInstanceOf(BundleException.class)
        .message()
        .contains(parts)
        .endsWith(".");
  }
}
