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
import io.deixis.engine.ImageFeatures;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.SmallConvolution;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.region.Candidates;
import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.RequestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The visual backbone is a port: one of other input size, normalisation, strides and channels,
 * without query vectors and classes, is trained by a graph and a description alone.
 */
class SecondBackboneTest {

  @TempDir private Path folder;
  private ActiveModel models;
  private Path graph;

  @BeforeEach
  void draw() throws IOException {
    models = SmallModels.write(folder.resolve("models"));
    graph = SmallConvolution.write(folder, "conv");
    new SyntheticDataset(12, 0, 0, 3).write(folder.resolve("data"));
  }

  private CommandRun train(String work, int jointEpochs) {
    return CommandRun.of(
        new TrainCommand(models, "test"),
        "--data=" + folder.resolve("data"),
        "--out=" + folder.resolve("out/conv"),
        "--work=" + folder.resolve(work),
        "--start=" + graph,
        "--held-out=4",
        "--proposal-images=8",
        "--heads=1",
        "--joint-epochs=" + jointEpochs,
        "--epochs=2",
        "--batch=2");
  }

  @Test
  void isTrainedToABundleThatGrounds() throws IOException {
    CommandRun run = train("work", 1);
    assertThat(run.status()).as(run.err()).isZero();

    ModelBundle bundle = ModelBundle.open(folder.resolve("out/conv"));
    BackboneSpec backbone = bundle.manifest().architecture().backbone();
    assertThat(backbone).isEqualTo(Architecture.startingFrom(graph).backbone());
    assertThat(backbone.input().width()).isEqualTo(96);
    // 20 of the appearance, 30 of colours, 32 of geometry
    assertThat(bundle.manifest().architecture().regions().size()).isEqualTo(82);
    // All parts were trained, but not the anchors.
    assertThat(bundle.file(ModelBundle.BACKBONE)).isRegularFile();
    assertThat(Files.readAllBytes(bundle.file(ModelBundle.BACKBONE)))
        .isNotEqualTo(Files.readAllBytes(graph));

    GroundingDataset data = DatasetFormat.open(folder.resolve("data"));
    String id = data.split("train").get(0);
    UprightImage image =
        new ImageDecoder(1 << 24, 1 << 24)
            .decode(Files.readAllBytes(data.image(id)), RequestContext.NONE);
    try (GroundingModel model = GroundingModel.load(bundle, Device.cpu())) {
      ImageFeatures features = model.encode(image);
      assertThat(features.count()).isEqualTo(Candidates.count(SmallConvolution.PROPOSALS));
      PhraseMatches matches =
          model.match(features, List.of(ContextualPhrase.alone("a red circle"))).get(0);
      for (Box box : matches.boxes()) {
        assertThat(box).isEqualTo(box.clampedTo(image.width(), image.height()));
      }
      assertThat(matches.logits()).allSatisfy(logit -> assertThat(logit).isFinite());
    }
  }

  @Test
  void aTrainingGoesOnFromTheBundlesOwnGraph() throws IOException {
    assertThat(train("work", 0).status()).isZero();
    Path trained = folder.resolve("out/conv").resolve(ModelBundle.BACKBONE);

    assertThat(Architecture.startingFrom(trained).backbone())
        .isEqualTo(Architecture.startingFrom(graph).backbone());
  }

  @Test
  void aDescriptionThatDoesNotFitTheGraphIsRefused() throws IOException {
    Path description = folder.resolve("conv.json");
    String text = Files.readString(description);

    Files.writeString(description, text.replace("\"channels\": 12", "\"channels\": 13"));
    CommandRun other = train("work", 0);
    assertThat(other.status()).isEqualTo(ExitStatus.UNAVAILABLE.code());
    assertThat(other.err()).contains("conv.pt", "fine", "12", "13");

    Files.writeString(description, text.replace("\"stride\": 8", "\"stride\": 7"));
    CommandRun wrong = train("other", 0);
    assertThat(wrong.status()).isEqualTo(ExitStatus.UNAVAILABLE.code());
    assertThat(wrong.err().strip().lines()).hasSize(1);
    assertThat(wrong.err()).contains("conv.json", "stride of the map coarse");
  }
}
