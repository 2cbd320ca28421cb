package io.deixis.batch.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallModels;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.published.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleImportCommandTest {

  private static final Path GOLDEN = Path.of("src/test/resources/published");

  @TempDir Path folder;

  private ActiveModel models;
  private Path export;

  @BeforeEach
  void copyAnExport() throws IOException {
    models = SmallModels.write(folder.resolve("models"));
    export = Files.createDirectories(folder.resolve("export"));
    try (Stream<Path> files = Files.list(GOLDEN.resolve("owlv2"))) {
      for (Path file : files.toList()) {
        Files.copy(file, export.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void leavesABundleWithCardAndHashes() throws IOException {
    Files.writeString(export.resolve("README.md"), "---\nlicense: apache-2.0\n---\n");

    CommandRun run = imported("owl");

    assertThat(run.status()).as(run.err()).isZero();
    ModelBundle bundle = ModelBundle.open(models.directory("owl"));
    assertThat(bundle.manifest().files())
        .containsOnlyKeys("image.onnx", "text.onnx", "tokenizer.json", ModelBundle.CARD);
    assertThat(bundle.manifest().licence()).isEqualTo("apache-2.0");
    assertThat(bundle.manifest().provenance()).containsEntry("model", "OWLv2");
    assertThat(bundle.card().orElseThrow()).contains("# owl", "96 x 96 pixels", "apache-2.0");
    assertThat(CommandRun.of(new BundleVerifyCommand(models), "owl").status()).isZero();
  }

  @Test
  void refusesAnotherArchitecture() throws IOException {
    replace("config.json", "\"model_type\": \"owlv2\"", "\"model_type\": \"florence2\"");

    refused(imported("owl"), ExitStatus.UNSUPPORTED, "florence2", "owlv2");
  }

  @Test
  void tellsWhichFileIsMissing() throws IOException {
    for (String name : new String[] {"tokenizer.json", "processor_config.json", "config.json"}) {
      byte[] content = Files.readAllBytes(export.resolve(name));
      Files.delete(export.resolve(name));
      refused(imported("owl"), ExitStatus.INPUT, name);
      Files.write(export.resolve(name), content);
    }
  }

  /** What older repositories hold in its place. */
  @Test
  void vocabularyFilesMakeTheSameTokenizer() throws IOException {
    JsonNode model = new ObjectMapper().readTree(export.resolve("tokenizer.json").toFile());
    Files.writeString(export.resolve("vocab.json"), model.at("/model/vocab").toString());
    StringBuilder merges = new StringBuilder("#version: 0.2\n");
    for (JsonNode pair : model.at("/model/merges")) {
      merges.append(pair.path(0).asText()).append(' ').append(pair.path(1).asText()).append('\n');
    }
    Files.writeString(export.resolve("merges.txt"), merges);
    sameTokens("A photo, of a DOG! isn't 42 naïve 日本 \t x", 577);

    export = Files.createDirectories(folder.resolve("dino"));
    try (Stream<Path> files = Files.list(GOLDEN.resolve("grounding-dino"))) {
      for (Path file : files.toList()) {
        Files.copy(file, export.resolve(file.getFileName()));
      }
    }
    model = new ObjectMapper().readTree(export.resolve("tokenizer.json").toFile());
    String[] vocabulary = new String[model.at("/model/vocab").size()];
    model
        .at("/model/vocab")
        .fields()
        .forEachRemaining(t -> vocabulary[t.getValue().asInt()] = t.getKey());
    Files.write(export.resolve("vocab.txt"), List.of(vocabulary));
    sameTokens("A photo, of a DOG! isn't 42 naïve 日本 [MASK]", 102);
  }

  private void sameTokens(String text, int last) throws IOException {
    try (Tokens tokens = Tokens.load(export.resolve("tokenizer.json"))) {
      long[] expected = tokens.marked(text);
      Files.delete(export.resolve("tokenizer.json"));
      CommandRun run = imported("m" + last);
      assertThat(run.status()).as(run.err()).isZero();
      try (Tokens made = Tokens.load(models.directory("m" + last).resolve("tokenizer.json"))) {
        assertThat(made.marked(text)).isEqualTo(expected).endsWith(last);
      }
    }
  }

  @Test
  void weightsWithoutAGraphAreToBeExported() throws IOException {
    Files.delete(export.resolve("image.onnx"));
    Files.delete(export.resolve("text.onnx"));
    refused(imported("owl"), ExitStatus.INPUT, "no graph", "models/export/owl.py");

    Files.writeString(export.resolve("model.safetensors"), "weights");
    refused(imported("owl"), ExitStatus.INPUT, "model.safetensors", "models/export/owl.py");
  }

  @Test
  void aPickleIsNotRun() throws IOException {
    Files.delete(export.resolve("image.onnx"));
    Files.delete(export.resolve("text.onnx"));
    Files.write(export.resolve("model.pt"), new byte[] {(byte) 0x80, 2, 'c', 'o', 's', '\n', '.'});

    refused(imported("owl"), ExitStatus.DAMAGED, "model.pt", "pickle");
  }

  @Test
  void refusesWhatIsDamaged() throws IOException {
    byte[] graph = Files.readAllBytes(export.resolve("image.onnx"));
    Files.write(export.resolve("image.onnx"), Arrays.copyOf(graph, graph.length / 2));
    refused(imported("owl"), ExitStatus.DAMAGED, "image.onnx");

    Files.write(export.resolve("image.onnx"), graph);
    Files.writeString(export.resolve("config.json"), "{\"model_type\": ");
    refused(imported("owl"), ExitStatus.DAMAGED, "config.json", "line 1");
  }

  @Test
  void refusesTheTokenizerOfAnotherModel() throws IOException {
    replace("config.json", "\"vocab_size\": ", "\"vocab_size\": 1");
    replace("config.json", "\"vocab_size\": 1", "\"vocab_size\": 100, \"was\": ");
    refused(imported("owl"), ExitStatus.UNSUPPORTED, "tokenizer.json", "100");

    Files.copy(
        GOLDEN.resolve("grounding-dino/tokenizer.json"),
        Files.createDirectories(folder.resolve("other")).resolve("tokenizer.json"));
    Files.delete(export.resolve("tokenizer.json"));
    Files.copy(folder.resolve("other/tokenizer.json"), export.resolve("tokenizer.json"));
    refused(imported("owl"), ExitStatus.UNSUPPORTED, "tokenizer.json", "WordPiece");
  }

  @Test
  void refusesAProcessorThatIsNotFollowed() throws IOException {
    replace("processor_config.json", "\"resample\": 2", "\"resample\": 3");
    refused(imported("owl"), ExitStatus.UNSUPPORTED, "processor_config.json", "resample is not 2");

    replace("processor_config.json", "\"do_resize\": true", "\"do_resize\": false");
    refused(imported("owl"), ExitStatus.UNSUPPORTED, "processor_config.json", "does not resize");
  }

  @Test
  void refusesAGraphOfAnotherModel() throws IOException {
    Files.delete(export.resolve("text.onnx"));
    Files.copy(export.resolve("image.onnx"), export.resolve("text.onnx"));

    refused(imported("owl"), ExitStatus.UNSUPPORTED, "text.onnx", "pixel_values", "input_ids");
  }

  @Test
  void weightsOutsideOfTheFolderAreNotRead() throws IOException {
    Files.write(export.resolve("image.onnx"), onnxWithWeightsIn("../../secret"));

    refused(imported("owl"), ExitStatus.DAMAGED, "image.onnx", "../../secret", "beside it");
  }

  @Test
  void weightsThatWereLeftBehindAreToBeLaidBesideTheGraph() throws IOException {
    Path graph = Files.createDirectories(export.resolve("onnx")).resolve("image.onnx");
    Files.delete(export.resolve("image.onnx"));
    Files.write(graph, onnxWithWeightsIn("image.onnx_data"));

    refused(imported("owl"), ExitStatus.DAMAGED, graph.toString(), "image.onnx_data", "lay it");
  }

  @Test
  void aNameIsOneOfAFolderThatIsNotThere() {
    refused(imported("../owl"), ExitStatus.USAGE, "../owl");
    refused(imported("small"), ExitStatus.USAGE, "already");
  }

  @Test
  void sinksAreForFusedDetectors() {
    CommandRun run =
        CommandRun.of(
            new BundleImportCommand(models), export.toString(), "--name", "owl", "--sink", "thing");

    refused(run, ExitStatus.UNSUPPORTED, "sinks");
  }

  private CommandRun imported(String name) {
    return CommandRun.of(new BundleImportCommand(models), export.toString(), "--name", name);
  }

  @Test
  void anOperatorThatTheEngineLacksIsNamed() throws IOException {
    Files.write(export.resolve("image.onnx"), onnxWithOperator("Telepathy"));

    refused(imported("owl"), ExitStatus.UNSUPPORTED, "image.onnx", "operator Telepathy", "opset");
  }

  /** One sentence on the error stream, the exit code, and nothing left behind. */
  private void refused(CommandRun run, ExitStatus status, String... words) {
    assertThat(run.err().strip().lines()).singleElement().asString().contains(words);
    assertThat(run.status()).as(run.err()).isEqualTo(status.code());
    assertThat(folder.resolve("models")).isDirectoryNotContaining(path -> isNew(path));
  }

  private static boolean isNew(Path path) {
    return !path.getFileName().toString().equals("small");
  }

  private void replace(String name, String text, String by) throws IOException {
    Path file = export.resolve(name);
    Files.writeString(file, Files.readString(file).replace(text, by));
  }

  /** A model of one graph with one tensor, as protocol buffers. */
  private static byte[] onnxWithWeightsIn(String location) {
    byte[] entry = joined(field(1, bytes("location")), field(2, bytes(location)));
    return field(7, field(5, field(13, entry)));
  }

  /** A model of one node that turns a number into another. */
  private static byte[] onnxWithOperator(String operator) {
    byte[] node =
        joined(
            field(1, bytes("pixel_values")),
            field(2, bytes("pred_boxes")),
            field(4, bytes(operator)));
    byte[] number = field(1, joined(number(1, 1), field(2, new byte[0])));
    byte[] in = joined(field(1, bytes("pixel_values")), field(2, number));
    byte[] out = joined(field(1, bytes("pred_boxes")), field(2, number));
    byte[] graph = joined(field(1, node), field(2, bytes("g")), field(11, in), field(12, out));
    return joined(number(1, 8), field(7, graph), field(8, number(2, 17)));
  }

  private static byte[] number(int number, int value) {
    return new byte[] {(byte) (number << 3), (byte) value};
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] field(int number, byte[] content) {
    return joined(tag(number, content.length), content);
  }

  private static byte[] tag(int number, int length) {
    byte tag = (byte) (number << 3 | 2);
    return length < 128
        ? new byte[] {tag, (byte) length}
        : new byte[] {tag, (byte) (length & 0x7f | 0x80), (byte) (length >> 7)};
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
