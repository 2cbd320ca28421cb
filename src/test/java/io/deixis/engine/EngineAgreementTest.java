package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.backbone.BackboneRuntime;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.torch.Precision;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.Threshold;
import io.deixis.metrics.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bundle answers alike whether ONNX Runtime or PyTorch runs its backbone: 500 phrases. Of two
 * candidates that are expected to be a hit equally often the last bits choose which stands for
 * both, so one phrase of a hundred may have another one among its five boxes, with the same score.
 */
@ExtendWith(TorchExtension.class)
class EngineAgreementTest {

  private static final int SCENES = 25;
  private static final double PIXELS = 0.5;
  private static final double SCORE = 1e-2;
  private static final GroundingOptions OPTIONS =
      new GroundingOptions(new Threshold.Fixed(0), 5, 0.5);

  private static final List<String> COLOURS = List.of("red", "green", "blue", "yellow", "grey");
  private static final List<String> THINGS = List.of("circle", "square", "triangle", "thing");

  @TempDir private Path drawn;

  @Test
  void answersOfBothEnginesAgree() throws IOException {
    List<ContextualPhrase> phrases = new ArrayList<>();
    for (String colour : COLOURS) {
      for (String thing : THINGS) {
        phrases.add(ContextualPhrase.alone("a " + colour + " " + thing));
      }
    }
    ModelBundle bundle = ModelBundle.open(Path.of("models/deixis-small"));
    Calibration calibration = bundle.manifest().calibration();
    new SyntheticDataset(SCENES, 0, 0, 11).write(drawn);
    int compared = 0;
    List<String> others = new ArrayList<>();
    try (GroundingModel onnx = load(bundle, BackboneRuntime.ONNXRUNTIME);
        GroundingModel torch = load(bundle, BackboneRuntime.PYTORCH);
        Stream<Path> images = Files.list(drawn.resolve("images"))) {
      for (Path file : images.sorted().toList()) {
        UprightImage image = new ImageDecoder(1 << 24, 1 << 24).decode(Files.readAllBytes(file));
        List<PhraseMatches> expected = torch.match(torch.encode(image), phrases);
        List<PhraseMatches> actual = onnx.match(onnx.encode(image), phrases);
        for (int i = 0; i < phrases.size(); i++) {
          String where = file.getFileName() + ": " + phrases.get(i).text();
          PhraseMatches best = expected.get(i).best(OPTIONS);
          PhraseMatches found = actual.get(i).best(OPTIONS);
          if (!agree(best, found, calibration)) {
            others.add(where);
          }
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(500);
    assertThat(others).hasSizeLessThanOrEqualTo(compared / 100);
  }

  private static GroundingModel load(ModelBundle bundle, BackboneRuntime runtime) {
    return GroundingModel.load(bundle, Device.cpu(), Precision.FLOAT32, runtime);
  }

  private static boolean agree(
      PhraseMatches expected, PhraseMatches actual, Calibration calibration) {
    if (actual.boxes().size() != expected.boxes().size()) {
      return false;
    }
    for (int i = 0; i < expected.boxes().size(); i++) {
      Box box = expected.boxes().get(i);
      Box other = actual.boxes().get(i);
      double score = calibration.probability(expected.logits().get(i));
      if (Math.abs(calibration.probability(actual.logits().get(i)) - score) > SCORE
          || Math.abs(other.x1() - box.x1()) > PIXELS
          || Math.abs(other.y1() - box.y1()) > PIXELS
          || Math.abs(other.x2() - box.x2()) > PIXELS
          || Math.abs(other.y2() - box.y2()) > PIXELS) {
        return false;
      }
    }
    return true;
  }
}
