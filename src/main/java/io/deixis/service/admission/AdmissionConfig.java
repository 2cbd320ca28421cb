package io.deixis.service.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How much is let in at the same time: {@code deixis.admission.*}. */
@ConfigMapping(prefix = "deixis.admission")
public interface AdmissionConfig {

  /** Most requests with a body that are read, wait or are answered at the same time. Default 64. */
  @WithDefault("64")
  int requests();

  /**
   * Most bytes of their bodies that are in memory together, counted as they come. Default: a
   * quarter of the largest heap.
   */
  Optional<MemorySize> bytes();

  /** Longest time that a body, or a line of a batch, may take to come. Default 60 seconds. */
  @WithDefault("60s")
  Duration bodyTimeout();

  /**
   * Least bytes a second at which it comes, on average; one below it is given up after five
   * seconds, and after one if others want its place. Default 8 KiB.
   */
  @WithDefault("8K")
  MemorySize bodyRate();

  /** Longest time that a caller may take to read an answer that is there. Default 60 seconds. */
  @WithDefault("60s")
  Duration sendTimeout();
}
