package io.deixis.service.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the front finds its workers and how it treats them: {@code deixis.worker.*}. */
@ConfigMapping(prefix = "deixis.worker")
public interface WorkerConfig {

  /**
   * Base addresses of the workers ({@code deixis.worker.url}), separated by commas. Default {@code
   * http://localhost:8081}.
   */
  @WithName("url")
  @WithDefault("http://localhost:8081")
  List<URI> urls();

  /**
   * The key that this front sends to its workers, if they ask for one ({@code deixis.api.keys} of a
   * worker). Not set by default.
   */
  Optional<String> key();

  /** Longest wait for a connection. Default two seconds. */
  @WithDefault("2s")
  Duration connectTimeout();

  /** Longest wait for an answer, connecting and sending included. Default 30 seconds. */
  @WithDefault("30s")
  Duration timeout();

  /**
   * How long a worker may take to say that it wants the photo ({@code Expect: 100-continue}) before
   * it is sent all the same; zero asks for no word. Default one second.
   */
  @WithDefault("1s")
  Duration continueTimeout();

  /** Most connections to one worker; requests above it wait for one. Default 64. */
  @WithDefault("64")
  int connections();

  /** How long the worker's description of its model is remembered. Default five seconds. */
  @WithDefault("5s")
  Duration modelMemory();

  /** When a worker that fails is left alone: {@code deixis.worker.circuit.*}. */
  Circuit circuit();

  /** When a worker that fails is left alone. */
  interface Circuit {

    /** How many of the latest requests are looked at. Default 10. */
    @WithDefault("10")
    int requests();

    /** The share of failures among them, in (0, 1], that opens the circuit. Default 0.5. */
    @WithDefault("0.5")
    double failureRatio();

    /** How long a worker is left alone before one request tries it again. Default two seconds. */
    @WithDefault("2s")
    Duration pause();
  }
}
