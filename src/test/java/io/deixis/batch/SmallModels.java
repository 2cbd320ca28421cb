package io.deixis.batch;

import io.deixis.engine.ActiveModel;
import io.deixis.engine.EngineSettings;
import io.deixis.engine.ModelSettings;
import io.deixis.engine.SmallBundle;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;

/** A folder of models whose active one works and has learnt nothing. */
public final class SmallModels {

  private SmallModels() {}

  /** Writes the active bundle into {@code folder}. */
  public static ActiveModel write(Path folder) throws IOException {
    SmallBundle.write(folder);
    return in(folder);
  }

  /** Returns the models of {@code folder}, whatever is in it. */
  public static ActiveModel in(Path folder) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(EngineSettings.class)
            .withMapping(ModelSettings.class)
            .withDefaultValue("deixis.engine.device", "cpu")
            .withDefaultValue("deixis.engine.threads", "1")
            .withDefaultValue("deixis.models.directory", folder.toString())
            .withDefaultValue("deixis.models.active", SmallBundle.NAME)
            .build();
    return new ActiveModel(
        config.getConfigMapping(EngineSettings.class),
        config.getConfigMapping(ModelSettings.class));
  }
}
