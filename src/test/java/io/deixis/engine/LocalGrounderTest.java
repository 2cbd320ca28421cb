package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Threshold;
import io.deixis.language.Reading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalGrounderTest {

  private static final Query.Phrases QUERY = new Query.Phrases(List.of("a dog", "a car"));

  @TempDir private static Path models;
  private static LocalGrounder grounder;

  @BeforeAll
  static void create() throws IOException {
    SmallBundle.write(models);
    grounder = grounder(SmallBundle.NAME);
  }

  @AfterAll
  static void close() {
    grounder.close();
  }

  private static LocalGrounder grounder(String active) {
    return grounder(ModelsOf.folder(models, 1L << 32, active));
  }

  private static LocalGrounder grounder(ActiveModel models) {
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(EngineSettings.class)
            .withMapping(GroundingLimits.class)
            .build();
    return new LocalGrounder(
        config.getConfigMapping(EngineSettings.class),
        models,
        config.getConfigMapping(GroundingLimits.class),
        caption -> List.of(),
        Reading::whole,
        new SimpleMeterRegistry());
  }

  private static byte[] image(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  private static GroundingOptions options(double threshold, int top, double nms) {
    return new GroundingOptions(new Threshold.Fixed(threshold), top, nms);
  }

  @Test
  void answersPhraseByPhrase() throws IOException {
    GroundingAnswer answer =
        grounder.ground(new GroundingRequest(image(80, 50), QUERY, options(0, 3, 0.5)));

    assertThat(answer.width()).isEqualTo(80);
    assertThat(answer.height()).isEqualTo(50);
    assertThat(answer.model().name()).isEqualTo(SmallBundle.NAME);
    assertThat(answer.phrases())
        .extracting(grounded -> grounded.phrase().text())
        .containsExactly("a dog", "a car");
    for (GroundedPhrase grounded : answer.phrases()) {
      assertThat(grounded.boxes())
          .hasSizeBetween(1, 3)
          .isSortedAccordingTo(Comparator.comparingDouble(ScoredBox::score).reversed());
      assertThat(grounded.score()).isEqualTo(grounded.boxes().get(0).score());
      assertThat(grounded.boxes().get(0).box().iou(grounded.boxes().get(1).box()))
          .isLessThanOrEqualTo(0.5);
    }
  }

  @Test
  void theSameQuestionIsMatchedOnce() throws IOException {
    byte[] image = image(82, 50);
    GroundingAnswer strict =
        grounder.ground(new GroundingRequest(image, QUERY, options(1, 3, 0.5)));
    GroundingAnswer lax = grounder.ground(new GroundingRequest(image, QUERY, options(0, 2, 0.5)));
    GroundingAnswer other =
        grounder.ground(new GroundingRequest(image(83, 50), QUERY, options(0, 2, 0.5)));

    assertThat(strict.timings().stages()).containsKey("matching");
    assertThat(lax.timings().stages()).doesNotContainKey("matching");
    assertThat(other.timings().stages()).containsKey("matching");
    for (int i = 0; i < 2; i++) {
      assertThat(lax.phrases().get(i).score()).isEqualTo(strict.phrases().get(i).score());
      assertThat(lax.phrases().get(i).boxes()).hasSize(2);
    }
  }

  @Test
  void aPhraseBelowTheThresholdIsNotFoundButHasAScore() throws IOException {
    GroundingAnswer answer =
        grounder.ground(new GroundingRequest(image(80, 50), QUERY, options(1, 3, 0.5)));

    assertThat(answer.threshold()).isEqualTo(1);
    assertThat(answer.phrases())
        .allSatisfy(
            grounded -> {
              assertThat(grounded.found()).isFalse();
              assertThat(grounded.score()).isBetween(0.0, 1.0);
            });
  }

  @Test
  void namedThresholdsAreTheBundles() throws IOException {
    GroundingRequest request =
        new GroundingRequest(image(80, 50), QUERY, GroundingOptions.DEFAULTS);

    assertThat(grounder.ground(request).threshold()).isEqualTo(0.4);
    assertThat(grounder.model().thresholds()).containsEntry("default", 0.5);
  }

  @Test
  void aSecondQuestionDoesNotPayForTheImageAgain() throws IOException {
    GroundingRequest request = new GroundingRequest(image(33, 21), QUERY, options(0, 1, 0.5));
    GroundingAnswer first = grounder.ground(request);
    GroundingAnswer second = grounder.ground(request);

    assertThat(first.timings().imageCached()).isFalse();
    assertThat(first.timings().stages())
        .containsKeys("decode", "backbone", "regions", "phrases", "matching");
    assertThat(second.timings().imageCached()).isTrue();
    assertThat(second.timings().stages()).doesNotContainKeys("backbone", "regions");
    assertThat(second.phrases()).isEqualTo(first.phrases());
  }

  @Test
  void refusesARequestWithoutImage() {
    assertRefused(grounder, new byte[0], Reason.IMAGE_MISSING);
    assertRefused(grounder, null, Reason.IMAGE_MISSING);
  }

  @Test
  void saysThatThereIsNoModel() throws IOException {
    assertRefused(grounder("another"), image(8, 8), Reason.NOT_READY);
  }

  @Test
  void saysThatItsModelWasReplacedOnDisk() throws IOException {
    Path bundle = models.resolve("replaced");
    SmallBundle.write(models);
    Files.createDirectories(bundle);
    for (String file : List.of("bundle.json", "backbone.pt", "head.safetensors")) {
      Files.copy(models.resolve(SmallBundle.NAME).resolve(file), bundle.resolve(file));
    }
    LocalGrounder running = grounder("replaced");
    running.checkReady();
    Path manifest = bundle.resolve("bundle.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"1", "\"2"));

    assertThatThrownBy(running::checkReady).hasMessageContaining("restart");
    Files.delete(manifest);
    assertThatThrownBy(running::checkReady).hasMessageContaining("There is no model bundle");
    assertThat(running.ground(new GroundingRequest(image(9, 9), QUERY, options(0, 1, 1))).phrases())
        .hasSize(2);
    running.close();
  }

  @Test
  void aRequestNamesItsModel() throws IOException {
    Path other = SmallBundle.write(models, "other");
    ModelBundle.seal(
        other, ModelBundle.readManifest(other).withThresholds(Map.of("best", 0.1, "default", 0.5)));
    LocalGrounder both = grounder(SmallBundle.NAME + ", other");
    GroundingRequest request =
        new GroundingRequest(image(21, 22), QUERY, GroundingOptions.DEFAULTS);

    assertThat(both.models())
        .extracting(ModelDescription::name)
        .containsExactly(SmallBundle.NAME, "other");
    assertThat(both.ground(request).threshold()).isEqualTo(0.4);
    GroundingAnswer answer = both.ground(request.to("other"));
    assertThat(answer.model().name()).isEqualTo("other");
    assertThat(answer.threshold()).isEqualTo(0.1);
    // What one model saw in a photo means nothing to another.
    assertThat(answer.timings().imageCached()).isFalse();
    assertThat(both.ground(request.to("other")).timings().imageCached()).isTrue();
    assertThatThrownBy(() -> both.ground(request.to("../other")))
        .hasMessage("There is no model \"../other\"; use small, other.");
    both.close();
  }

  @Test
  void onlyTheDefaultModelHasToBeUsable() throws IOException {
    LocalGrounder broken = grounder(SmallBundle.NAME + ",absent");
    broken.checkReady();
    assertThat(broken.models()).extracting(ModelDescription::name).containsExactly("small");
    assertThatThrownBy(() -> broken.profile(Optional.of("absent")))
        .hasMessageContaining("There is no model bundle");
    broken.close();
  }

  @Test
  void readinessLoadsNoModelThatMadeRoomForAnother() throws IOException {
    SmallBundle.write(models, "other");
    LocalGrounder tight = grounder(ModelsOf.folder(models, 1, SmallBundle.NAME, "other"));
    GroundingRequest request = new GroundingRequest(image(9, 9), QUERY, options(0, 1, 1));
    tight.checkReady();
    tight.ground(request.to("other"));
    tight.checkReady();
    assertThat(tight.ground(request.to("other")).timings().imageCached()).isTrue();
    tight.close();
  }

  @Test
  void manyPhrasesInTurnsAreAnsweredAsFew() throws IOException {
    byte[] image = image(40, 40);
    List<String> many = IntStream.range(0, 40).mapToObj(i -> "thing " + i).toList();
    GroundingAnswer all =
        grounder.ground(new GroundingRequest(image, new Query.Phrases(many), options(0, 1, 0.5)));

    assertThat(all.phrases()).hasSize(40);
    for (int i : new int[] {0, 15, 16, 39}) {
      GroundedPhrase alone =
          grounder
              .ground(
                  new GroundingRequest(
                      image, new Query.Phrases(List.of(many.get(i))), options(0, 1, 0.5)))
              .phrases()
              .get(0);
      assertThat(all.phrases().get(i).score()).isCloseTo(alone.score(), within(1e-4));
      assertThat(all.phrases().get(i).phrase()).isEqualTo(alone.phrase());
    }
  }

  private static void assertRefused(LocalGrounder grounder, byte[] image, Reason reason) {
    GroundingException refusal =
        catchThrowableOfType(
            GroundingException.class,
            () -> grounder.ground(new GroundingRequest(image, QUERY, GroundingOptions.DEFAULTS)));

    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
  }
}
