package io.deixis.service.admission;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Counts the requests in work and their bytes, and admits those that still fit. Checking and taking
 * a place is one step, so that no two requests get the same one. Callers that are too slow lose
 * theirs. Thread-safe.
 */
@ApplicationScoped
public class Admission {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** How long a caller may be slow while there is room, and while others want the place. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration GRACE_IF_FULL = Duration.ofSeconds(1);

  private static final String REFUSED = "deixis.admission.refused";
  private static final String LIMIT = "limit";
  private static final String REQUESTS = "requests";
  private static final String BYTES = "bytes";

  private final AdmissionConfig config;
  private final long mostBytes;
  private final CompletionRate rate = new CompletionRate();
  private final MeterRegistry meters;
  private final LongSupplier clock;
  private final Set<Place> inside = new LinkedHashSet<>();
  private long bytes;

  @Inject
  Admission(AdmissionConfig config, MeterRegistry meters) {
    this(config, meters, System::nanoTime);
  }

  Admission(AdmissionConfig config, MeterRegistry meters, LongSupplier clock) {
    this.config = config;
    this.mostBytes =
        config.bytes().map(MemorySize::asLongValue).orElse(Runtime.getRuntime().maxMemory() / 4);
    this.meters = meters;
    this.clock = clock;
    // Registered with 0 before the first refusal, so that monitoring can compute a rate.
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

  /**
   * Lets a request in if there is a place, or gives it the place of one that is too slow.
   *
   * @param onGivenUp runs if the place is taken away because the caller is too slow; it is closed
   *     by then
   * @return its place; empty if there is none
   */
  public Optional<Place> enter(Runnable onGivenUp) {
    Optional<Place> slow = Optional.empty();
    synchronized (this) {
      if (inside.size() >= config.requests()) {
        slow = slow(GRACE_IF_FULL).stream().findFirst();
        if (slow.isEmpty()) {
          meters.counter(REFUSED, LIMIT, REQUESTS).increment();
          return Optional.empty();
        }
        leave(slow.get());
      }
      Place place = new Place(this, onGivenUp, now());
      inside.add(place);
      slow.ifPresent(Place::tellGivenUp);
      return Optional.of(place);
    }
  }

  /** Takes the places of all who are too slow, and tells them. */
  public void giveUpSlow() {
    List<Place> slow;
    synchronized (this) {
      slow = slow(GRACE);
      slow.forEach(this::leave);
    }
    slow.forEach(Place::tellGivenUp);
  }

  private List<Place> slow(Duration grace) {
    return inside.stream().filter(place -> place.isSlow(now(), grace, config)).toList();
  }

  /** A single request may exceed the limit by itself; its size has a limit of its own. */
  synchronized boolean reserve(Place place, int more) {
    if (!place.isOpen()) {
      return false;
    }
    if (inside.size() > 1 && bytes + more > mostBytes) {
      meters.counter(REFUSED, LIMIT, BYTES).increment();
      return false;
    }
    place.noteReceived(more, now());
    bytes += more;
    return true;
  }

  synchronized void free(Place place, long less) {
    bytes -= place.release(less);
  }

  synchronized void leave(Place place) {
    if (!inside.remove(place)) {
      return;
    }
    bytes -= place.end();
    if (inside.isEmpty()) {
      rate.rest();
    } else {
      rate.completed(now());
    }
  }

  /** Returns the refusal of what there is no room for. */
  public GroundingException busy() {
    return new GroundingException(
            Reason.BUSY, null, "Too many requests are being answered", "try again later")
        .retryAfter(retryAfter());
  }

  long now() {
    return clock.getAsLong();
  }

  /**
   * Returns when there will be room, by the rate at which requests were answered lately: the time
   * until those who are inside have left; 1 to 60 whole seconds.
   */
  public synchronized Duration retryAfter() {
    Duration wait = rate.timeFor(inside.size(), now()).orElse(Duration.ofSeconds(1));
    Duration capped = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    return Duration.ofSeconds(Math.max(1, (capped.toMillis() + 999) / 1000));
  }

  synchronized int requests() {
    return inside.size();
  }

  synchronized long bytes() {
    return bytes;
  }
}
