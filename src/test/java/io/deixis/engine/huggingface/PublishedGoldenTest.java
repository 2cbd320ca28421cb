package io.deixis.engine.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Imported models find what their own library finds: {@code published/make_golden.py} made the
 * models, the photos and the answers.
 */
class PublishedGoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/published");
  private static final double PIXELS = 0.5;
  private static final double SCORE = 1e-3;

  /** A photo's phrases, and for each the best boxes: score, then the edges. */
  record Asked(String photo, List<String> phrases, List<List<double[]>> answers) {}

  @TempDir private Path models;

  @ParameterizedTest
  @ValueSource(strings = {"owlv2", "owlv2-half", "owlvit", "grounding-dino", "mm-grounding-dino"})
  void findsWhatItsOwnLibraryFinds(String kind) throws IOException {
    Path export = GOLDEN.resolve(kind);
    Asked[] all =
        new ObjectMapper().readValue(export.resolve("golden.json").toFile(), Asked[].class);
    assertThat(all).hasSizeGreaterThanOrEqualTo(20);
    ModelBundle bundle = new ModelImport(export, models, kind, ModelImport.Options.NONE).run();
    ImageDecoder decoder = new ImageDecoder(1 << 20, 1 << 20);
    try (GroundingModel model = GroundingModel.load(bundle, Device.cpu())) {
      for (Asked asked : all) {
        UprightImage photo =
            decoder.decode(Files.readAllBytes(GOLDEN.resolve("photos").resolve(asked.photo())));
        List<PhraseMatches> found =
            model.match(
                model.encode(photo),
                asked.phrases().stream().map(ContextualPhrase::alone).toList());
        assertThat(found).hasSameSizeAs(asked.phrases());
        for (int i = 0; i < found.size(); i++) {
          compare(
              "%s, %s".formatted(asked.photo(), asked.phrases().get(i)),
              asked.answers().get(i),
              found.get(i));
        }
      }
    }
  }

  @Test
  void aGraphThatQuantisesWhileItRunsAnswersEachPhraseByItself() throws IOException {
    ModelBundle bundle =
        new ModelImport(
                GOLDEN.resolve("owlv2-quantized"), models, "quantised", ModelImport.Options.NONE)
            .run();
    UprightImage photo =
        new ImageDecoder(1 << 20, 1 << 20)
            .decode(Files.readAllBytes(GOLDEN.resolve("photos/12.png")));
    ContextualPhrase phrase = ContextualPhrase.alone("dog");
    try (GroundingModel model = GroundingModel.load(bundle, Device.cpu())) {
      List<PhraseMatches> among =
          model.match(
              model.encode(photo), List.of(ContextualPhrase.alone("a photo of a cat"), phrase));
      List<PhraseMatches> alone = model.match(model.encode(photo), List.of(phrase));
      assertThat(among.get(1).logits()).isNotEmpty().isEqualTo(alone.get(0).logits());
    }
  }

  private static void compare(String where, List<double[]> golden, PhraseMatches found) {
    assertThat(found.boxes()).as(where).hasSizeGreaterThanOrEqualTo(golden.size());
    for (int rank = 0; rank < golden.size(); rank++) {
      double[] expected = golden.get(rank);
      assertThat(score(found.logits().get(rank))).as(where).isEqualTo(expected[0], within(SCORE));
      // Boxes of nearly the same score may have changed places.
      assertThat(found.boxes().stream().filter(box -> isNear(box, expected)))
          .as("%s: a box near %s", where, expected)
          .isNotEmpty();
    }
  }

  private static boolean isNear(Box box, double[] expected) {
    return Math.abs(box.x1() - expected[1]) < PIXELS
        && Math.abs(box.y1() - expected[2]) < PIXELS
        && Math.abs(box.x2() - expected[3]) < PIXELS
        && Math.abs(box.y2() - expected[4]) < PIXELS;
  }

  private static double score(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
