package io.deixis.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.LocalCandidates;
import io.deixis.engine.SmallBundle;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.geometry.Box;
import io.deixis.runlog.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluation and tuning of a model that has learnt nothing, on drawn scenes. */
class ModelEvaluationTest {

  /** The IoU above which evaluation drops the worse of two boxes. */
  private static final double NMS = 0.5;

  @TempDir private static Path folder;
  private static GroundingDataset data;
  private static GroundingModel model;

  @BeforeAll
  static void create() throws IOException {
    TorchEngine.start(1);
    new SyntheticDataset(0, 6, 0, 2).write(folder.resolve("data"));
    data = DatasetFormat.open(folder.resolve("data"));
    model = GroundingModel.load(ModelBundle.open(SmallBundle.write(folder)), Device.cpu());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void predictsEveryPhraseThatHasABox() {
    List<String> ids = data.split("val");
    List<TrainingListener.Progress> steps = new ArrayList<>();

    ModelEvaluation.Result result =
        new ModelEvaluation(data, new SplitGrounding(data, new LocalCandidates(model), steps::add))
            .run(ids, 1);

    int occurrences = ids.stream().mapToInt(id -> data.read(id).groundTruth().size()).sum();
    assertThat(result.predictions()).hasSize(occurrences);
    for (PhrasePrediction prediction : result.predictions()) {
      int width = data.read(prediction.image()).width();
      int height = data.read(prediction.image()).height();
      assertThat(prediction.boxes())
          .hasSizeBetween(1, 10)
          .allSatisfy(box -> assertThat(box).isEqualTo(box.clampedTo(width, height)));
      assertNoOverlapAbove(NMS, prediction.boxes());
    }
    assertThat(steps).hasSize(6);
    assertThat(
            new ModelEvaluation(
                    data,
                    new SplitGrounding(data, new LocalCandidates(model), TrainingListener.SILENT))
                .run(ids, 1))
        .isEqualTo(result);
  }

  private static void assertNoOverlapAbove(double iou, List<Box> boxes) {
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(boxes.get(i).iou(boxes.get(j))).isLessThanOrEqualTo(iou);
      }
    }
  }

  @Test
  void tuningGivesAUsableCalibrationAndThreshold() {
    Tuning tuning =
        Tuning.of(new LocalCandidates(model), data, data.split("val"), TrainingListener.SILENT);

    assertThat(tuning.calibration().scale()).isFinite();
    assertThat(tuning.calibration().bias()).isFinite();
    assertThat(tuning.best().threshold()).isBetween(0.0, 1.0);
    assertThat(tuning.absence()).isBetween(0.0, 1.0);
  }
}
