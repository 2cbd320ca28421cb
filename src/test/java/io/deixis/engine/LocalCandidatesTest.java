package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.evaluation.AnswerCollector;
import io.deixis.evaluation.PhraseCase;
import io.deixis.evaluation.SplitGrounding;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.grounding.Threshold;
import io.deixis.language.Reading;
import io.deixis.runlog.TrainingListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCandidatesTest {

  private static final Offset<Double> PIXEL = within(0.01);

  @TempDir Path folder;

  /** What evaluation and tuning judge is what a request without options gets. */
  @Test
  void evaluationSeesTheAnswersThatRequestsGet() throws IOException {
    SmallBundle.write(folder);
    new SyntheticDataset(0, 1, 0, 2).write(folder.resolve("data"));
    GroundingDataset data = DatasetFormat.open(folder.resolve("data"));
    AnnotatedImage image = data.read(data.split("val").get(0));
    LocalGrounder grounder = grounder();
    try {
      AnswerCollector collector = new AnswerCollector(GroundingOptions.DEFAULTS);
      try (GroundingModel model = models().load()) {
        new SplitGrounding(data, new LocalCandidates(model), TrainingListener.SILENT)
            .run(data.split("val"), true, collector);
      }
      for (PhraseCase evaluated : collector.answers().phrases()) {
        GroundedPhrase served = served(grounder, data, image, evaluated);

        assertThat(served.boxes()).hasSameSizeAs(evaluated.boxes());
        for (int i = 0; i < served.boxes().size(); i++) {
          Box box = served.boxes().get(i).box();
          Box judged = evaluated.boxes().get(i);
          assertThat(box.x1()).isCloseTo(judged.x1(), PIXEL);
          assertThat(box.y1()).isCloseTo(judged.y1(), PIXEL);
          assertThat(box.x2()).isCloseTo(judged.x2(), PIXEL);
          assertThat(box.y2()).isCloseTo(judged.y2(), PIXEL);
        }
      }
    } finally {
      grounder.close();
    }
  }

  private static GroundedPhrase served(
      LocalGrounder grounder, GroundingDataset data, AnnotatedImage image, PhraseCase evaluated)
      throws IOException {
    String markup = image.sentences().get(evaluated.truth().sentence()).markup();
    GroundingOptions options =
        new GroundingOptions(
            new Threshold.Fixed(0),
            GroundingOptions.DEFAULTS.top(),
            GroundingOptions.DEFAULTS.nms());
    GroundingAnswer answer =
        grounder.ground(
            new GroundingRequest(
                Files.readAllBytes(data.image(image.id())),
                new Query.AnnotatedCaption(markup),
                options));
    return answer.phrases().stream()
        .filter(
            phrase ->
                phrase.phrase().span().orElseThrow().start()
                    == evaluated.truth().phrase().firstChar())
        .findFirst()
        .orElseThrow();
  }

  private LocalGrounder grounder() {
    return new LocalGrounder(
        settings(EngineSettings.class),
        models(),
        settings(GroundingLimits.class),
        caption -> List.of(),
        Reading::whole,
        new SimpleMeterRegistry());
  }

  private ActiveModel models() {
    return new ActiveModel(settings(EngineSettings.class), settings(ModelSettings.class));
  }

  private <T> T settings(Class<T> mapping) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(mapping)
        .withDefaultValues(
            Map.of(
                "deixis.engine.device",
                "cpu",
                "deixis.engine.threads",
                "1",
                "deixis.models.directory",
                folder.toString(),
                "deixis.models.active",
                SmallBundle.NAME))
        .build()
        .getConfigMapping(mapping);
  }
}
