package io.deixis.batch.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallModels;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.backbone.TinyGraph;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.EvaluationFolder;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.matching.TwoTowerMatcher;
import io.deixis.runlog.RunLog;
import io.deixis.training.work.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trainings of seconds as a person at a terminal meets them, most of them failing: each failure is
 * one sentence with its own exit code, and no bundle is left.
 */
class TrainCommandTest {

  /** A file that is always full. */
  private static final Path FULL = Path.of("/dev/full");

  /** What a training that was not disturbed has left: its work folder, and a bundle. */
  @TempDir private static Path undisturbed;

  private static ActiveModel models;
  private static CommandRun first;

  @TempDir Path folder;
  private GroundingDataset data;
  private List<String> ids;

  @BeforeAll
  static void trainOnce() throws IOException {
    models = SmallModels.write(undisturbed.resolve("models"));
    new SyntheticDataset(8, 0, 0, 1).write(undisturbed.resolve("data"));
    first = train(undisturbed);
  }

  @BeforeEach
  void draw() {
    new SyntheticDataset(8, 0, 0, 1).write(folder.resolve("data"));
    data = DatasetFormat.open(folder.resolve("data"));
    ids = data.split("train");
  }

  /** Copies files of the undisturbed training's work folder, as if it had come so far. */
  private void goOnFrom(String... files) throws IOException {
    for (String phrases : List.of("phrases", "phrases-held-out")) {
      Files.createDirectories(work().resolve(phrases));
      for (String file : undisturbed.resolve("work").resolve(phrases).toFile().list()) {
        copy(phrases + "/" + file);
      }
    }
    for (String file : files) {
      copy(file);
    }
  }

  private void copy(String file) throws IOException {
    Files.copy(
        undisturbed.resolve("work").resolve(file),
        work().resolve(file),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private CommandRun train(String... more) {
    return train(folder, more);
  }

  private static CommandRun train(Path folder, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data",
                folder.resolve("data").toString(),
                "--out",
                folder.resolve("out/small").toString(),
                "--work",
                folder.resolve("work").toString(),
                "--held-out",
                "3",
                "--proposal-images",
                "4",
                "--heads",
                "2",
                "--no-second-view",
                "--epochs",
                "4",
                "--batch",
                "2"));
    arguments.addAll(List.of(more));
    return CommandRun.of(new TrainCommand(models, "test"), arguments.toArray(String[]::new));
  }

  private Path bundle() {
    return folder.resolve("out/small");
  }

  private Path work() {
    return folder.resolve("work");
  }

  private void assertFailed(CommandRun run, ExitStatus status, String... parts) {
    assertThat(run.status()).as(run.err()).isEqualTo(status.code());
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).contains(parts);
    assertThat(bundle()).doesNotExist();
  }

  @Test
  void writesABundle() {
    Path bundle = undisturbed.resolve("out/small");

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).contains("Wrote " + bundle, "held-out f1");
    BundleManifest manifest = ModelBundle.open(bundle).manifest();
    assertThat(manifest.name()).isEqualTo("small");
    assertThat(manifest.provenance().get("command")).contains("--no-second-view", "--out small");
  }

  @Test
  void aMissingFolder() throws IOException {
    Files.move(folder.resolve("data"), folder.resolve("elsewhere"));

    assertFailed(train(), ExitStatus.INPUT, "is missing: name a folder or file");
  }

  @Test
  void aMissingGraph() {
    assertFailed(train("--start", folder.resolve("no.pt").toString()), ExitStatus.INPUT, "--start");
  }

  @Test
  void aGraphThatIsNone() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pt"), "no graph");

    assertFailed(train("--start", text.toString()), ExitStatus.UNAVAILABLE, "text.pt");
  }

  @Test
  void aSplitThatNamesAbsentImages() throws IOException {
    Files.delete(data.image(ids.get(3)));
    Files.delete(data.image(ids.get(5)));

    assertFailed(train(), ExitStatus.ABSENT_IMAGES, "2 of the 8 images", ids.get(3) + ".jpg");
    assertThat(work()).doesNotExist();
  }

  @Test
  void damagedAnnotations() throws IOException {
    Path annotation = data.annotationFiles(ids.get(7)).get(0);
    String xml = Files.readString(annotation);
    Files.writeString(annotation, xml.substring(0, xml.length() / 2));

    assertFailed(train(), ExitStatus.DAMAGED, annotation.toString(), "line ");
    assertThat(work()).doesNotExist();
  }

  @Test
  void aDamagedImage() throws IOException {
    goOnFrom("backbone.pt", "backbone.pt.origin.json", "projection.safetensors");
    Path image = data.image(ids.get(7));
    byte[] jpeg = Files.readAllBytes(image);
    Files.write(image, Arrays.copyOf(jpeg, jpeg.length / 2));

    assertFailed(train(), ExitStatus.DAMAGED, image.toString(), "restore it");

    // Restored, the training goes on.
    Files.write(image, jpeg);
    assertThat(train().status()).isZero();
  }

  @Test
  void aGraphOfAnotherArchitecture() throws IOException {
    Path graph = folder.resolve("other.pt");
    TinyGraph.writeOfOtherOutputs(graph);

    assertFailed(
        train("--start", graph.toString()), ExitStatus.UNAVAILABLE, "other.pt", "architecture");
    assertThat(work().resolve("backbone.pt")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"backbone.pt", "projection.safetensors", "head.safetensors"})
  void aDamagedResult(String file) throws IOException {
    goOnFrom("backbone.pt", "backbone.pt.origin.json", "projection.safetensors");
    if (file.startsWith("head")) {
      goOnFrom("head.safetensors", "head.safetensors.origin.json");
    }
    byte[] whole = Files.readAllBytes(work().resolve(file));
    Files.write(work().resolve(file), Arrays.copyOf(whole, whole.length / 2));

    assertFailed(train(), ExitStatus.DAMAGED, file, "delete");

    // Deleted, it is made again.
    Files.delete(work().resolve(file));
    assertThat(train().status()).isZero();
    assertThat(work().resolve(file)).hasBinaryContent(whole);
  }

  @Test
  void aHeadOfAnotherArchitectureGivenByHand() throws IOException {
    goOnFrom("backbone.pt", "backbone.pt.origin.json");
    Map<String, Safetensors.Tensor> head =
        Safetensors.read(undisturbed.resolve("work/head.safetensors"));
    head.put(TwoTowerMatcher.BIAS, Safetensors.Tensor.of(new long[] {2}, new float[2]));
    Safetensors.write(work().resolve("head.safetensors"), head);

    assertFailed(
        train(), ExitStatus.OTHER_TRAINING, "architecture", TwoTowerMatcher.BIAS, "--work");
  }

  @Test
  @EnabledIf("canBeFull")
  void aFullDiskLeavesTheBundleThatWasThere() throws IOException {
    Files.createDirectories(bundle().getParent());
    goOnFrom("backbone.pt", "backbone.pt.origin.json");
    goOnFrom("head.safetensors", "head.safetensors.origin.json", RunLog.METRICS);
    assertThat(train().status()).isZero();
    BundleManifest before = ModelBundle.open(bundle()).manifest();
    Path curves = EvaluationFolder.of(bundle()).training();
    Path partial = curves.resolveSibling(curves.getFileName() + ".partial");
    Files.createSymbolicLink(partial, FULL);

    CommandRun run = train();

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.STORAGE.code());
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(ModelBundle.open(bundle()).manifest()).isEqualTo(before);
    assertThat(bundle()).isDirectoryNotContaining("glob:**.partial");
    assertThat(train().status()).isZero();
  }

  static boolean canBeFull() {
    return Files.isWritable(FULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proposals.checkpoint", "matching.checkpoint", "head.safetensors"})
  @EnabledIf("canBeFull")
  void aFullDisk(String file) throws IOException {
    goOnFrom("projection.safetensors");
    if (!file.startsWith("proposals")) {
      goOnFrom("backbone.pt", "backbone.pt.origin.json");
    }
    Files.createSymbolicLink(work().resolve(file + ".partial"), FULL);

    assertFailed(train(), ExitStatus.STORAGE, "space");
    assertThat(work().resolve(file)).doesNotExist();

    // With room again, the same command ends it.
    CommandRun again = train();
    assertThat(again.status()).as(again.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"gpu7, use cpu", "tpu, 'auto, cpu, gpu or gpuN'"})
  void aDeviceThatIsNotThere(String device, String fix) {
    assertFailed(train("--device", device), ExitStatus.DEVICE, device, fix);
  }

  @Test
  void aCheckpointOfAnotherArchitecture() throws IOException {
    goOnFrom("backbone.pt", "backbone.pt.origin.json");
    Safetensors.write(
        work().resolve("matching.checkpoint"),
        Map.of("weights/a", Safetensors.Tensor.of(new long[] {1}, new float[] {1})),
        Map.of(
            "state",
            "{\"epoch\":1,\"batch\":0,\"optimiserSteps\":3,\"notes\":{},"
                + "\"fingerprint\":{\"architecture\":\"another\"}}"));

    assertFailed(train(), ExitStatus.OTHER_TRAINING, "architecture", "--work");
  }

  @Test
  void aWorkFolderOfAnotherTraining() throws IOException {
    goOnFrom("backbone.pt", "backbone.pt.origin.json");

    assertFailed(train("--seed", "8"), ExitStatus.OTHER_TRAINING, "proposal settings", "--work");
  }

  @Test
  void aWorkFolderInUse() throws IOException {
    try (WorkFolder inUse = WorkFolder.take(work(), false)) {
      assertFailed(train(), ExitStatus.IN_USE, work().toString(), "--work");
    }
  }

  @Test
  void aLossThatIsNoNumber() throws IOException {
    goOnFrom("backbone.pt", "backbone.pt.origin.json", "projection.safetensors");

    assertFailed(train("--lr", "1e30"), ExitStatus.DIVERGED, "not a finite number", "--lr");
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, 0",
    "--batch, 0",
    "--held-out, 0",
    "--patience, -1",
    "--checkpoint-steps, 0",
    "--proposal-images, -1",
    "--lr, 0",
    "--lr, NaN",
    "--proposal-lr, 0",
    "--shard, 3/3",
    "--shard, 3"
  })
  void optionsOutOfRange(String option, String value) {
    CommandRun run = train(option, value);

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains(option);
    assertThat(work()).doesNotExist();
  }

  @Test
  void shardsAreGatheredByTheCommandWithoutThem() throws IOException {
    goOnFrom("projection.safetensors");
    assertThat(train("--prepare-shards").out()).contains("Backbone and projection");
    assertThat(train("--shard", "1/2").out()).contains("shard 1 of 2");
    assertThat(train("--shard", "0/2").status()).isZero();
    assertThat(bundle()).doesNotExist();

    assertThat(train().status()).isZero();
    assertThat(work().resolve("features/header.json")).doesNotExist();
    assertThat(work().resolve(RunLog.METRICS)).exists();
  }
}
