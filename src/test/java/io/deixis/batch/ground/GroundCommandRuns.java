package io.deixis.batch.ground;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deixis.answers.AnswerWriters;
import io.deixis.answers.CocoDatasetWriter;
import io.deixis.answers.CocoWriter;
import io.deixis.answers.CsvWriter;
import io.deixis.answers.JsonWriter;
import io.deixis.answers.LabelStudioWriter;
import io.deixis.answers.SvgWriter;
import io.deixis.answers.VocWriter;
import io.deixis.answers.YoloWriter;
import io.deixis.batch.CommandRun;
import io.deixis.batch.SmallModels;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.image.TrainerPhotos;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.grounding.requests.ThresholdConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs {@code ground} and {@code label} with a {@link ConstantGrounder}. */
final class GroundCommandRuns {

  static final ObjectMapper MAPPER = JsonMapper.builder().findAndAddModules().build();

  final Map<String, String> settings = new HashMap<>(Map.of("deixis.limits.image-bytes", "100"));

  final ConstantGrounder grounder = new ConstantGrounder();

  CommandRun ground(String... arguments) {
    GroundCommand command = new GroundCommand(service(), writers(), MAPPER, models());
    return CommandRun.of(new CommandLine(command, new Beans()), arguments);
  }

  CommandRun label(String... arguments) {
    return CommandRun.of(
        new LabelCommand(service(), writers(), MAPPER, models(), new TrainerPhotos(limits())),
        arguments);
  }

  private static ActiveModel models() {
    return SmallModels.in(Path.of("none"));
  }

  private GroundingService service() {
    return new GroundingService(
        grounder, limits(), config().getConfigMapping(ThresholdConfig.class));
  }

  private GroundingLimits limits() {
    return config().getConfigMapping(GroundingLimits.class);
  }

  private SmallRyeConfig config() {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(GroundingLimits.class)
        .withMapping(ThresholdConfig.class)
        .withDefaultValues(settings)
        .build();
  }

  private static AnswerWriters writers() {
    return new AnswerWriters(
        List.of(
            new JsonWriter(MAPPER),
            new CocoWriter(MAPPER),
            new CocoDatasetWriter(MAPPER),
            new CsvWriter(),
            new SvgWriter(),
            new YoloWriter(),
            new VocWriter(),
            new LabelStudioWriter(MAPPER)));
  }

  /** Makes what is a bean in the application. */
  private static final class Beans implements CommandLine.IFactory {

    @Override
    public <K> K create(Class<K> type) throws Exception {
      return type == GroundCommand.Formats.class
          ? type.cast(new GroundCommand.Formats(writers()))
          : CommandLine.defaultFactory().create(type);
    }
  }
}
