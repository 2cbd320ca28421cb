package io.deixis.service.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How much is let in at the same time: {@code deixis.admission.*}. */
@ConfigMapping(prefix = "deixis.admission")
public interface AdmissionConfig {

  /** Most requests with a body that are read, wait or are answered at the same time. Default 64. */
  @WithDefault("64")
  int requests();

  /** Most bytes that their bodies may have together. Default: a quarter of the largest heap. */
  Optional<MemorySize> bytes();
}
