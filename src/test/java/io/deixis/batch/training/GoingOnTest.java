package io.deixis.batch.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallModels;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.LocalCandidates;
import io.deixis.engine.backbone.SmallConvolution;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.evaluation.ModelEvaluation;
import io.deixis.evaluation.SplitGrounding;
import io.deixis.runlog.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --from}: few photos are enough where a bundle has learnt from many. */
class GoingOnTest {

  @TempDir private static Path folder;
  private static ActiveModel models;
  private static Path graph;

  @BeforeAll
  static void trainTheParentAndGoOn() throws IOException {
    models = SmallModels.write(folder.resolve("models"));
    graph = SmallConvolution.writeWithHashedWords(folder, "conv");
    new SyntheticDataset(40, 0, 0, 3).write(folder.resolve("many"));
    new SyntheticDataset(10, 12, 0, 4).write(folder.resolve("few"));
    CommandRun parent = train("many", "parent", "--start=" + graph, "--epochs=6", "--heads=2");
    assertThat(parent.status()).as(parent.err()).isZero();
    CommandRun went = train("few", "went", "--from=parent", "--epochs=1");
    assertThat(went.status()).as(went.err()).isZero();
  }

  private static CommandRun train(String data, String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve(data),
                "--out=" + folder.resolve("models").resolve(name),
                "--work=" + folder.resolve("work-" + name),
                "--held-out=4",
                "--proposal-images=8",
                "--batch=4"));
    arguments.addAll(List.of(more));
    return CommandRun.of(new TrainCommand(models, "test"), arguments.toArray(String[]::new));
  }

  private static ModelBundle bundle(String name) {
    return ModelBundle.open(folder.resolve("models").resolve(name));
  }

  private static double recall(String name) {
    GroundingDataset data = DatasetFormat.open(folder.resolve("few"));
    try (GroundingModel model = GroundingModel.load(bundle(name), Device.cpu())) {
      return new ModelEvaluation(
              data, new SplitGrounding(data, new LocalCandidates(model), TrainingListener.SILENT))
          .run(data.split("val"), 1)
          .score()
          .anyBox()
          .all()
          .atK()
          .get(0)
          .value();
    }
  }

  @Test
  void goingOnBeatsBeginningAtEqualFewSteps() throws IOException {
    CommandRun began = train("few", "began", "--start=" + graph, "--epochs=1", "--heads=2");
    assertThat(began.status()).as(began.err()).isZero();

    assertThat(recall("went")).isGreaterThan(recall("began") + 0.05);

    BundleManifest manifest = bundle("went").manifest();
    assertThat(manifest.architecture()).isEqualTo(bundle("parent").manifest().architecture());
    assertThat(manifest.provenance())
        .hasEntrySatisfying("parent", text -> assertThat(text).startsWith("parent, version 1, "))
        .containsKeys("parent licence", "parent data", "parent data licence")
        .hasEntrySatisfying("settings", text -> assertThat(text).contains("learningRate=3.3333"));
    assertThat(manifest.description()).contains("went on from parent");
    // Both heads of the parent, its projection and every word that it knows.
    assertThat(bundle("went").heads()).hasSize(2);
    var parent = Safetensors.read(bundle("parent").file(ModelBundle.HEAD));
    var child = Safetensors.read(bundle("went").file(ModelBundle.HEAD));
    long[] known = parent.get(ModelBundle.VOCABULARY).longs();
    assertThat(Arrays.copyOf(child.get(ModelBundle.VOCABULARY).longs(), known.length))
        .isEqualTo(known);
    bundle("went")
        .manifest()
        .architecture()
        .regions()
        .shapes()
        .keySet()
        .forEach(name -> assertThat(child.get(name).floats()).isEqualTo(parent.get(name).floats()));
  }

  @Test
  void aWorkFolderOfAnotherParentIsRefused() {
    CommandRun again = train("few", "went", "--start=" + graph, "--epochs=1", "--heads=2");
    assertThat(again.status()).isEqualTo(ExitStatus.OTHER_TRAINING.code());
  }

  @Test
  void aGraphAndABundleAreNotTakenTogether() {
    CommandRun both = train("few", "both", "--from=parent", "--start=" + graph);
    assertThat(both.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(both.err()).contains("--start");
    CommandRun absent = train("few", "absent", "--from=absent");
    assertThat(absent.status()).isEqualTo(ExitStatus.UNAVAILABLE.code());
  }
}
