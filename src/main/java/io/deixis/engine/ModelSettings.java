package io.deixis.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Which model answers: {@code deixis.models.*}. */
@ConfigMapping(prefix = "deixis.models")
public interface ModelSettings {

  /** The folder that holds model bundles, one folder each. Default {@code models}. */
  @WithDefault("models")
  Path directory();

  /** The bundle to answer with. Default {@code deixis-small}. */
  @WithDefault("deixis-small")
  String active();
}
