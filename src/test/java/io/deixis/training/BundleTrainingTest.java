package io.deixis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.deixis.dataset.DatasetCard;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.TinyGraph;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.EvaluationFolder;
import io.deixis.engine.bundle.GraphOrigin;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.matching.TwoTowerMatcher;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.runlog.Heartbeat;
import io.deixis.runlog.MetricsTable;
import io.deixis.runlog.RunLog;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.joint.JointSettings;
import io.deixis.training.loop.Plan;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.matching.MatchingTerms;
import io.deixis.training.matching.PositiveWeight;
import io.deixis.training.proposals.ProposalSettings;
import io.deixis.training.work.TrainingException;
import io.deixis.training.work.TrainingException.Reason;
import io.deixis.training.work.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole training of seconds: eight drawn images, and a graph with next to nothing in it. */
class BundleTrainingTest {

  private static final String UNINTERRUPTED = "uninterrupted";

  @TempDir private static Path folder;
  private static GroundingDataset data;
  private static Path start;
  private static ModelBundle uninterrupted;

  @BeforeAll
  static void trainOnce() throws IOException {
    TorchEngine.start(1);
    data = drawnIn(folder.resolve("data"));
    start = folder.resolve("start.pt");
    TinyGraph.write(start);
    TinyGraph.describe(start, withWords());
    uninterrupted = train(data, UNINTERRUPTED, 7, TrainingListener.SILENT);
  }

  /** Names of the graph's classes speak as words, which no stage trains. */
  private static BackboneSpec withWords() {
    BackboneSpec plain = Architecture.STANDARD.backbone();
    return new BackboneSpec(
        plain.format(),
        plain.input(),
        plain.outputs(),
        plain.maps(),
        plain.querySize(),
        plain.classes(),
        plain.entityTypes(),
        plain.regions(),
        List.of(new BackboneSpec.Words(BackboneSpec.CLASSES, plain.classes(), 16)),
        plain.weights());
  }

  private static GroundingDataset drawnIn(Path directory) {
    new SyntheticDataset(8, 0, 0, 1).write(directory);
    return DatasetFormat.open(directory);
  }

  private static BundleSettings settings(int seed) {
    return settings(seed, 1, 2);
  }

  private static BundleSettings settings(int seed, int heads, int jointEpochs) {
    return new BundleSettings(
        "1",
        3,
        false,
        5,
        true,
        true,
        5,
        new ProposalSettings(
            4, new Plan(List.of(new Plan.Phase(1, 1e-3f, 0)), 2, 50, 1, 0.98f, 1, seed), 1),
        HeadSettings.DEFAULTS.with(
            HeadSettings.DEFAULTS.plan().withEpochs(3).withBatchSize(2).withSeed(seed),
            PositiveWeight.AUTO,
            0.5,
            HeadSettings.DEFAULTS.withoutSiblings()),
        heads,
        new JointSettings(
            new Plan(List.of(new Plan.Phase(jointEpochs, 1e-5f, 0.1f)), 3, 100, 5, 0.99f, 5, seed),
            2,
            9,
            0.5f,
            0.5f,
            0.3f));
  }

  /** Trains in a work folder of that name into a bundle called "small" beneath it. */
  private static ModelBundle train(
      GroundingDataset data, String work, int seed, TrainingListener listener) {
    return training(data, work, seed).run(listener);
  }

  /** Takes the phrases as another training has encoded them, which is not what a test is about. */
  private static void takePhrases(String work) throws IOException {
    for (String phrases : List.of("phrases", "phrases-held-out")) {
      Path target = Files.createDirectories(folder.resolve(work).resolve(phrases));
      try (Stream<Path> files = Files.list(folder.resolve(UNINTERRUPTED).resolve(phrases))) {
        for (Path file : files.toList()) {
          Files.copy(file, target.resolve(file.getFileName()));
        }
      }
    }
  }

  private static BundleTraining training(GroundingDataset data, String work, int seed) {
    return training(data, work, settings(seed));
  }

  private static BundleTraining training(
      GroundingDataset data, String work, BundleSettings settings) {
    TrainingPaths paths =
        new TrainingPaths(start, folder.resolve(work), folder.resolve(work).resolve("out/small"));
    return new BundleTraining(
        data,
        settings,
        Device.cpu(),
        paths,
        work.equals("resumed") ? 2 : 1000,
        new TrainingOrigin("Deixis under test", "train --out small", GraphOrigin.UNKNOWN));
  }

  private static void assertSameFiles(ModelBundle actual, ModelBundle expected) {
    for (String name :
        List.of(
            ModelBundle.BACKBONE,
            ModelBundle.HEAD,
            ModelBundle.MANIFEST,
            "evaluation/" + EvaluationFolder.TRAINING)) {
      assertThat(actual.file(name)).hasSameBinaryContentAs(expected.file(name));
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAlsoOfAHeadThatIsTrainedAgain() throws IOException {
    ModelBundle again = train(data, "again", 7, TrainingListener.SILENT);

    assertSameFiles(again, uninterrupted);
    assertThat(again.manifest().provenance())
        .containsKeys("settings", "data fingerprint", "start graph")
        .containsEntry("command", "train --out small")
        .hasEntrySatisfying(
            "software", text -> assertThat(text).contains("Deixis under test", "PyTorch 2."));

    Path work = folder.resolve("again");
    Files.delete(work.resolve(ModelBundle.HEAD));
    Files.delete(work.resolve("joint").resolve(ModelBundle.HEAD));
    Set<String> stages = new HashSet<>();
    again = train(data, "again", 7, progress -> stages.add(progress.stage()));

    assertThat(stages).contains("matching", "joint").doesNotContain("phrases");
    assertSameFiles(again, uninterrupted);
  }

  @Test
  void aBundleTellsWhatMadeIt() throws IOException {
    Map<String, String> provenance = uninterrupted.manifest().provenance();
    DatasetCard card = data.card();

    assertThat(provenance)
        .containsEntry("data", card.name())
        .containsEntry("data licence", card.licence())
        .containsEntry("threads", "1")
        .hasEntrySatisfying("backbone", text -> assertThat(text).contains("start.pt"))
        .hasEntrySatisfying(
            "settings",
            text ->
                assertThat(text)
                    .contains("positiveWeight=auto", "oversampling=0.5", "secondView=true"))
        .hasEntrySatisfying(
            "part head.safetensors",
            text ->
                assertThat(text)
                    .startsWith("made here, threads 1: head settings")
                    .containsPattern("; positive weight [0-9.]+, by auto$"))
        .hasEntrySatisfying(
            "part joint/head.safetensors",
            text -> assertThat(text).containsPattern("; positive weight [0-9.]+, by auto$"))
        .containsKeys("part backbone.pt", "part joint/backbone.pt");
    assertThat(uninterrupted.manifest().licence()).contains(card.name(), card.licence());
    // Nobody told the licence of the graph, so the bundle does not claim one.
    assertThat(provenance.get("backbone licence")).startsWith("not known");
    assertThat(uninterrupted.manifest().licence())
        .startsWith("not known")
        .doesNotContain("Apache-2.0;");
    assertThat(uninterrupted.manifest().description()).contains(card.name());
    String json = Files.readString(uninterrupted.file(ModelBundle.MANIFEST));
    assertThat(json.indexOf("\"data\"")).isLessThan(json.indexOf("\"data licence\""));
  }

  @Test
  void everyTermOfTheLossIsLoggedAndTheyAddUp() throws IOException {
    List<Map<String, String>> rows =
        MetricsTable.parse(
                Files.readAllLines(folder.resolve(UNINTERRUPTED).resolve(RunLog.METRICS)))
            .rows();
    Map<String, List<String>> terms =
        Map.of(
            "proposals", List.of("box", "entity", "map"),
            "matching", MATCHING_TERMS,
            "joint", Stream.concat(MATCHING_TERMS.stream(), Stream.of("box", "entity")).toList());
    terms.forEach(
        (stage, columns) -> {
          List<Map<String, String>> ofStage =
              rows.stream()
                  .filter(row -> row.get("stage").equals(stage) && !row.get("loss").isEmpty())
                  .toList();
          assertThat(ofStage).isNotEmpty();
          for (Map<String, String> row : ofStage) {
            double sum = columns.stream().mapToDouble(c -> Double.parseDouble(row.get(c))).sum();
            assertThat(sum)
                .as(stage)
                .isCloseTo(Double.parseDouble(row.get("loss")), within(1e-3 * (1 + sum)));
          }
        });
    // Positive pairs are drawn until there is one for two others, in every stage that has pairs.
    assertThat(rows)
        .filteredOn(row -> row.get("stage").matches("matching|joint"))
        .extracting(row -> row.get("positive_rate"))
        .filteredOn(rate -> !rate.isEmpty() && !rate.equals("0.0"))
        .isNotEmpty()
        .allSatisfy(
            rate -> assertThat(Double.parseDouble(rate)).isGreaterThanOrEqualTo(1 / 3.0 - 1e-6));
  }

  private static final List<String> MATCHING_TERMS =
      MatchingTerms.of(1).stream().map(term -> term.name().replace(' ', '_')).toList();

  @Test
  void aHeadThatIsGivenIsNotTakenForOneOfTheseSettings() throws IOException {
    Path work = Files.createDirectories(folder.resolve("given"));
    for (String file : List.of(ModelBundle.BACKBONE, ModelBundle.HEAD)) {
      Files.copy(folder.resolve(UNINTERRUPTED).resolve(file), work.resolve(file));
    }

    ModelBundle bundle = training(data, "given", settings(8, 1, 0)).run(TrainingListener.SILENT);

    assertThat(bundle.manifest().provenance())
        .hasEntrySatisfying(
            "part head.safetensors", text -> assertThat(text).startsWith("given by hand:"));
  }

  @Test
  void aFolderInUseIsRefused() throws IOException {
    Path work = folder.resolve("in use");
    try (WorkFolder taken = WorkFolder.take(work, false)) {
      assertThatThrownBy(() -> train(data, "in use", 7, TrainingListener.SILENT))
          .isInstanceOfSatisfying(
              TrainingException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IN_USE))
          .hasMessageContaining("--work");
    }
    WorkFolder.take(work, false).close();
  }

  @Test
  void theHeartbeatTellsHowATrainingEnded() throws IOException {
    assertThat(Heartbeat.read(folder.resolve(UNINTERRUPTED)))
        .hasValueSatisfying(beat -> assertThat(beat.state()).isEqualTo(Heartbeat.State.FINISHED));
  }

  @Test
  void headsOfAnEnsembleDifferAndJudgeTogether() throws IOException {
    takePhrases("ensemble");
    ModelBundle one = training(data, "ensemble", settings(7, 1, 0)).run(TrainingListener.SILENT);
    assertThat(one.heads()).hasSize(1);
    byte[] first = Files.readAllBytes(one.file(ModelBundle.HEAD));

    Set<String> stages = new HashSet<>();
    ModelBundle three =
        training(data, "ensemble", settings(7, 3, 0)).run(step -> stages.add(step.stage()));
    assertThat(three.heads()).hasSize(3).allSatisfy(head -> assertThat(head).exists());
    assertThat(Safetensors.read(three.heads().get(1)).get(TwoTowerMatcher.REFINE_PHRASE).floats())
        .isNotEqualTo(
            Safetensors.read(three.file(ModelBundle.HEAD))
                .get(TwoTowerMatcher.REFINE_PHRASE)
                .floats());

    // Heads that are there stay as they are, and a smaller ensemble leaves nothing of a larger
    // one.
    assertThat(stages).contains("matching-2", "matching-3").doesNotContain("matching");
    assertThat(three.file(ModelBundle.HEAD)).hasBinaryContent(first);
    Path second = three.heads().get(1);
    stages.clear();
    ModelBundle again =
        training(data, "ensemble", settings(7, 1, 0)).run(step -> stages.add(step.stage()));
    assertThat(stages).noneMatch(stage -> stage.startsWith("matching"));
    assertThat(again.heads()).hasSize(1);
    assertThat(second).doesNotExist();
    assertThat(again.file(ModelBundle.HEAD)).hasBinaryContent(first);

    // Nor does a stage that comes after them train them again.
    stages.clear();
    training(data, "ensemble", settings(7, 1, 1)).run(step -> stages.add(step.stage()));
    assertThat(stages).contains("joint").noneMatch(stage -> stage.startsWith("matching"));
  }

  @Test
  void goesOnFromWhereverItIsStopped() throws IOException {
    Set<String> seen = new HashSet<>();
    // Stops after the second step of each stage, once each.
    TrainingListener killer =
        progress -> {
          if (progress.done() == 2 && seen.add(progress.stage())) {
            throw new IllegalStateException("killed");
          }
        };
    ModelBundle resumed = null;
    for (int attempt = 0; resumed == null; attempt++) {
      assertThat(attempt).isLessThan(10);
      try {
        resumed = train(data, "resumed", 7, killer);
      } catch (IllegalStateException killed) {
        assertThat(folder.resolve("resumed/out/small/" + ModelBundle.MANIFEST)).doesNotExist();
      }
    }

    assertThat(seen).contains("proposals", "features", "matching", "joint", "grounding");
    assertSameFiles(resumed, uninterrupted);
    List<String> rows = Files.readAllLines(folder.resolve("resumed").resolve(RunLog.METRICS));
    // The rows of epochs, which have no loss, are the second ones of their steps.
    assertThat(rows)
        .filteredOn(row -> !row.matches("(matching|joint),\\d+,\\d+,,.*"))
        .extracting(row -> row.replaceAll("^(\\w+,\\w+,\\w+),.*", "$1"))
        .doesNotHaveDuplicates()
        .hasSize(1 + 2 + 9 + 4);
  }

  @Test
  void machinesThatShareTheExtractionMakeTheSameBundle() throws IOException {
    takePhrases("sharded");
    List<String> stages = new ArrayList<>();
    training(data, "sharded", 7).prepareFeatures(TrainingListener.SILENT);
    training(data, "sharded", 7).extractFeatures(new Shard(2, 3), TrainingListener.SILENT);
    training(data, "sharded", 7).extractFeatures(new Shard(0, 3), TrainingListener.SILENT);

    // The shard that is missing is made on the way.
    ModelBundle bundle =
        train(
            data, "sharded", 7, progress -> stages.add(progress.stage() + " " + progress.total()));

    assertSameFiles(bundle, uninterrupted);
    assertThat(stages).contains("features 2").doesNotContain("features 5");
  }

  @Test
  void aShardNeedsWhatAllOfThemShare() {
    assertThatThrownBy(
            () ->
                training(data, "unprepared", 7)
                    .extractFeatures(new Shard(0, 3), TrainingListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("backbone.pt")
        .hasMessageContaining("--prepare-shards");
  }

  @Test
  void whatIsDoneIsNotDoneAgain() {
    Set<String> stages = new HashSet<>();
    ModelBundle again = train(data, UNINTERRUPTED, 7, progress -> stages.add(progress.stage()));

    assertThat(stages).containsExactly("grounding");
    assertThat(again.manifest()).isEqualTo(uninterrupted.manifest());
  }

  @Test
  void refusesAWorkFolderOfOtherSettings() {
    assertThatThrownBy(() -> train(data, UNINTERRUPTED, 8, TrainingListener.SILENT))
        .isInstanceOfSatisfying(
            TrainingException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_SETTINGS))
        .hasMessageContaining("proposal settings")
        .hasMessageContaining("--work");
  }

  @Test
  void countsTheImagesThatAreMissingBeforeAnythingElse() throws IOException {
    GroundingDataset incomplete = drawnIn(folder.resolve("incomplete"));
    List<String> ids = incomplete.split("train");
    Files.delete(incomplete.image(ids.get(3)));
    Files.delete(incomplete.image(ids.get(5)));

    assertThatThrownBy(() -> train(incomplete, "unused", 7, TrainingListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("2 of the 8 images")
        .hasMessageContaining(ids.get(3) + ".jpg");
    assertThat(folder.resolve("unused")).doesNotExist();
  }

  @Test
  void namesAnImageThatIsDamaged() throws IOException {
    GroundingDataset damaged = drawnIn(folder.resolve("damaged"));
    Path image = damaged.image(damaged.split("train").get(4));
    Files.write(image, new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2, 3});

    assertThatThrownBy(() -> train(damaged, "of damaged", 7, TrainingListener.SILENT))
        .isInstanceOfSatisfying(
            DatasetException.class,
            e -> assertThat(e.reason()).isEqualTo(DatasetException.Reason.DAMAGED))
        .hasMessageContaining(image + " is damaged");
  }

  @Test
  void tooLittleMemoryIsSaid() {
    TrainingListener greedy =
        progress -> {
          throw new OutOfMemoryError("Java heap space");
        };
    TrainingListener greedyEngine =
        progress -> {
          throw new EngineException("DefaultCPUAllocator: can't allocate memory: 12345 bytes");
        };

    TrainingListener greedyTransfer =
        progress -> {
          throw new OutOfMemoryError("Cannot reserve 8 bytes of direct buffer memory");
        };

    for (TrainingListener listener : List.of(greedy, greedyEngine, greedyTransfer)) {
      assertThatThrownBy(() -> train(data, "greedy", 7, listener))
          .isInstanceOfSatisfying(
              TrainingException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MEMORY))
          .hasMessageContaining("--batch");
    }
    assertThat(folder.resolve("greedy/out")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws IOException {
    Files.writeString(folder.resolve("a file"), "a file where the folder should be");

    assertThatThrownBy(() -> train(data, "a file", 7, TrainingListener.SILENT))
        .isInstanceOfSatisfying(
            TrainingException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORAGE));
  }
}
