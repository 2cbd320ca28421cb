package io.deixis.service.admission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts what is inside, and lets in what still fits. Looking and taking are one step, so that no
 * two requests are let into the same place. Thread-safe.
 */
@ApplicationScoped
public class Admission {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final String REFUSED = "deixis.admission.refused";
  private static final String LIMIT = "limit";
  private static final String REQUESTS = "requests";
  private static final String BYTES = "bytes";

  private final int mostRequests;
  private final long mostBytes;
  private final CompletionRate rate = new CompletionRate();
  private final MeterRegistry meters;
  private int requests;
  private long bytes;

  Admission(AdmissionConfig config, MeterRegistry meters) {
    this.mostRequests = config.requests();
    this.mostBytes =
        config.bytes().map(MemorySize::asLongValue).orElse(Runtime.getRuntime().maxMemory() / 4);
    this.meters = meters;
    // Told as 0 before the first one, so that a rate can be drawn of it.
    meters.counter(REFUSED, LIMIT, REQUESTS);
    meters.counter(REFUSED, LIMIT, BYTES);
    Gauge.builder("deixis.admission.requests", this, Admission::requests)
        .description("Requests with a body that are read, wait or are answered")
        .register(meters);
    Gauge.builder("deixis.admission.size", this, Admission::bytes)
        .description("Bytes of their bodies")
        .baseUnit("bytes")
        .register(meters);
  }

  /** A place inside; it is given back once, however often it is closed. */
  @FunctionalInterface
  public interface Place extends AutoCloseable {

    @Override
    void close();
  }

  /**
   * Lets a request in if it fits. One whose bytes alone are above the limit is let in when nothing
   * else is inside: another limit judges it.
   *
   * @param size bytes of its body, at least 0
   * @return its place; empty if there is none
   */
  public Optional<Place> enter(long size) {
    Optional<String> full = take(size);
    if (full.isPresent()) {
      meters.counter(REFUSED, LIMIT, full.get()).increment();
      return Optional.empty();
    }
    AtomicBoolean inside = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (inside.compareAndSet(true, false)) {
            leave(size);
          }
        });
  }

  private synchronized Optional<String> take(long size) {
    if (requests >= mostRequests) {
      return Optional.of(REQUESTS);
    }
    if (requests > 0 && bytes + size > mostBytes) {
      return Optional.of(BYTES);
    }
    requests++;
    bytes += size;
    return Optional.empty();
  }

  private synchronized void leave(long size) {
    requests--;
    bytes -= size;
    if (requests == 0) {
      rate.rest();
    } else {
      rate.completed(System.nanoTime());
    }
  }

  /**
   * Returns when there will be room, by the rate at which requests were answered lately: the time
   * until those who are inside have left; 1 to 60 whole seconds.
   */
  public synchronized Duration retryAfter() {
    Duration wait = rate.timeFor(requests, System.nanoTime()).orElse(Duration.ofSeconds(1));
    Duration capped = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    return Duration.ofSeconds(Math.max(1, (capped.toMillis() + 999) / 1000));
  }

  synchronized int requests() {
    return requests;
  }

  synchronized long bytes() {
    return bytes;
  }
}
