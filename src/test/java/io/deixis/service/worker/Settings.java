package io.deixis.service.worker;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings for tests: impatient where a test waits, patient elsewhere. */
record Settings(
    List<URI> urls,
    Optional<String> key,
    Duration timeout,
    Duration pause,
    Duration continueTimeout)
    implements WorkerConfig {

  private static final Duration PATIENT = Duration.ofSeconds(10);

  static Settings of(URI... urls) {
    return new Settings(List.of(urls), Optional.empty(), PATIENT, PATIENT, PATIENT);
  }

  Settings key(String other) {
    return new Settings(urls, Optional.of(other), timeout, pause, continueTimeout);
  }

  Settings timeout(Duration other) {
    return new Settings(urls, key, other, pause, continueTimeout);
  }

  Settings pause(Duration other) {
    return new Settings(urls, key, timeout, other, continueTimeout);
  }

  Settings continueTimeout(Duration other) {
    return new Settings(urls, key, timeout, pause, other);
  }

  @Override
  public Duration connectTimeout() {
    return Duration.ofSeconds(2);
  }

  @Override
  public int connections() {
    return 8;
  }

  @Override
  public Duration modelMemory() {
    return Duration.ZERO;
  }

  @Override
  public Circuit circuit() {
    return new Circuit() {
      @Override
      public int requests() {
        return 4;
      }

      @Override
      public double failureRatio() {
        return 0.5;
      }

      @Override
      public Duration pause() {
        return pause;
      }
    };
  }
}
