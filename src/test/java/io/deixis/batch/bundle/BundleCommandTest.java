package io.deixis.batch.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallModels;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.SmallBundle;
import io.deixis.engine.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCommandTest {

  @TempDir Path folder;

  private final ObjectMapper mapper = new ObjectMapper();
  private ActiveModel models;
  private Path bundle;

  @BeforeEach
  void write() throws IOException {
    models = SmallModels.write(folder);
    bundle = models.directory();
    Files.writeString(bundle.resolve("MODEL_CARD.md"), "# small\n");
    ModelBundle.seal(
        bundle,
        ModelBundle.readManifest(bundle),
        Map.of("evaluation/ablation.json", new byte[] {'[', ']'}));
  }

  @Test
  void inspectTellsTheManifest() throws IOException {
    CommandRun text = CommandRun.of(new BundleInspectCommand(models));
    CommandRun json = CommandRun.of(new BundleInspectCommand(models), "small", "--json");

    assertThat(text.status()).isZero();
    assertThat(text.out()).contains("small 1", "head.safetensors", "best ", "0.4000");
    JsonNode manifest = mapper.readTree(json.out());
    assertThat(manifest.at("/thresholds/best").asDouble()).isEqualTo(0.4);
    assertThat(manifest.get("files").has(ModelBundle.BACKBONE)).isTrue();
  }

  @Test
  void verifyLoadsTheModel() {
    CommandRun run = CommandRun.of(new BundleVerifyCommand(models), SmallBundle.NAME);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("is whole", ModelBundle.BACKBONE, ModelBundle.HEAD);
  }

  @Test
  void verifyTellsAFileThatWasChanged() throws IOException {
    Path head = bundle.resolve(ModelBundle.HEAD);
    byte[] bytes = Files.readAllBytes(head);
    bytes[bytes.length - 1] ^= 1;
    Files.write(head, bytes);

    CommandRun run = CommandRun.of(new BundleVerifyCommand(models));

    assertThat(run.status()).isEqualTo(ExitStatus.UNHEALTHY.code());
    assertThat(run.err().strip().lines()).singleElement().asString().contains("head.safetensors");
  }

  @Test
  void aBundleThatIsNotThereIsOneSentence() {
    CommandRun run = CommandRun.of(new BundleInspectCommand(models), "other");

    assertThat(run.status()).isEqualTo(ExitStatus.UNAVAILABLE.code());
    assertThat(run.err()).contains("There is no model bundle");
  }

  @Test
  void exportPacksTheSameBytesEachTime() throws IOException {
    Path first = folder.resolve("first.zip");
    Path second = folder.resolve("second.zip");

    assertThat(export(first).status()).isZero();
    assertThat(export(second).status()).isZero();

    assertThat(first).hasSameBinaryContentAs(second);
    Path unpacked = folder.resolve("unpacked");
    assertThat(unpack(first, unpacked))
        .containsExactly(
            "small/MODEL_CARD.md",
            "small/backbone.pt",
            "small/bundle.json",
            "small/evaluation/ablation.json",
            "small/head.safetensors");
    assertThat(ModelBundle.open(unpacked.resolve("small")).manifest().name()).isEqualTo("small");
  }

  @Test
  void exportRefusesABrokenBundleAndAFileThatCannotBeWritten() throws IOException {
    CommandRun unwritable = export(bundle.resolve(ModelBundle.HEAD).resolve("x.zip"));
    Files.delete(bundle.resolve(ModelBundle.HEAD));
    CommandRun broken = export(folder.resolve("broken.zip"));

    assertThat(unwritable.status()).isEqualTo(ExitStatus.STORAGE.code());
    assertThat(broken.status()).isEqualTo(ExitStatus.UNAVAILABLE.code());
    assertThat(folder.resolve("broken.zip")).doesNotExist();
  }

  @Test
  void exportWritesNothingOutsideWhateverTheManifestSays() throws IOException {
    Path manifest = bundle.resolve(ModelBundle.MANIFEST);
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"small\"", "\"../../elsewhere\""));

    CommandRun export = export(folder.resolve("out.zip"));
    CommandRun verify = CommandRun.of(new BundleVerifyCommand(models));

    assertThat(export.status()).isEqualTo(ExitStatus.UNAVAILABLE.code());
    assertThat(verify.status()).isEqualTo(ExitStatus.UNHEALTHY.code());
    assertThat(verify.err().strip().lines()).singleElement().asString().contains("its name");
    assertThat(folder.resolve("out.zip")).doesNotExist();
  }

  @Test
  void sealTakesAChangedCard() throws IOException {
    Files.writeString(bundle.resolve(ModelBundle.CARD), "# another card");
    assertThat(CommandRun.of(new BundleVerifyCommand(models)).err()).contains("bundle seal");

    CommandRun seal = CommandRun.of(new BundleSealCommand(models));

    assertThat(seal.status()).as(seal.err()).isZero();
    assertThat(seal.out()).contains(ModelBundle.CARD);
    assertThat(ModelBundle.open(bundle).card()).contains("# another card");
  }

  @Test
  void exportLeavesOutWhatTheManifestDoesNotList() throws IOException {
    Files.writeString(bundle.resolve(".secret"), "not for others");

    assertThat(export(folder.resolve("out.zip")).status()).isZero();

    assertThat(unpack(folder.resolve("out.zip"), folder.resolve("unpacked")))
        .noneMatch(name -> name.contains("secret"));
  }

  private CommandRun export(Path to) {
    return CommandRun.of(new BundleExportCommand(models), "--to", to.toString());
  }

  private static List<String> unpack(Path zip, Path target) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
        Path file = target.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, in.readAllBytes());
      }
    }
    return names;
  }
}
