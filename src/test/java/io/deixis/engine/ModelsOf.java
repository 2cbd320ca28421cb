package io.deixis.engine;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;

/** The models of a folder, on one thread of the CPU. */
final class ModelsOf {

  private ModelsOf() {}

  static ActiveModel folder(Path folder, long memory, String... active) {
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(EngineSettings.class)
            .withMapping(ModelSettings.class)
            .withDefaultValues(
                Map.of(
                    "deixis.engine.device", "cpu",
                    "deixis.engine.threads", "1",
                    "deixis.models.directory", folder.toString(),
                    "deixis.models.memory", Long.toString(memory),
                    "deixis.models.active", String.join(",", active)))
            .build();
    return new ActiveModel(
        config.getConfigMapping(EngineSettings.class),
        config.getConfigMapping(ModelSettings.class));
  }
}
