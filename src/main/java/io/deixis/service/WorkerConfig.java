package io.deixis.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the front finds its worker: {@code deixis.worker.*}. */
@ConfigMapping(prefix = "deixis.worker")
public interface WorkerConfig {

  /** Base address of the worker. Default {@code http://localhost:8081}. */
  @WithDefault("http://localhost:8081")
  URI url();

  /** Longest wait for a connection. Default two seconds. */
  @WithDefault("2s")
  Duration connectTimeout();

  /** Longest wait for an answer. Default 30 seconds. */
  @WithDefault("30s")
  Duration timeout();

  /** How long the worker's description of its model is remembered. Default five seconds. */
  @WithDefault("5s")
  Duration modelMemory();
}
