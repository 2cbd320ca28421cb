package io.deixis.service.admission;

import java.time.Duration;

/**
 * The place of one request inside, from its head to the end of its answer. Its holder closes it;
 * closing it again does nothing. Thread-safe.
 */
public final class Place implements AutoCloseable {

  private enum Phase {
    RECEIVING,
    WORKING,
    SENDING,
    CLOSED
  }

  private final Admission admission;
  private final Runnable onGivenUp;
  private Phase phase = Phase.RECEIVING;
  private long phaseSince;
  private long progressSince;
  private long received;
  private long reserved;

  Place(Admission admission, Runnable onGivenUp, long now) {
    this.admission = admission;
    this.onGivenUp = onGivenUp;
    begin(Phase.RECEIVING, now);
  }

  /** Notes that the body, or the next line of a batch, is awaited. */
  public void receiving() {
    enter(Phase.RECEIVING);
  }

  /** Notes that all of it is there. */
  public void working() {
    enter(Phase.WORKING);
  }

  /** Notes that the answer, or a line of it, is sent from now on. */
  public void sending() {
    enter(Phase.SENDING);
  }

  /**
   * Reserves room for bytes of the body that have come.
   *
   * @return whether there is room, and the place is still held
   */
  public boolean received(int bytes) {
    return admission.reserve(this, bytes);
  }

  /** Gives back the room of bytes that are no longer in memory. */
  public void free(long bytes) {
    admission.free(this, bytes);
  }

  @Override
  public void close() {
    admission.leave(this);
  }

  private void enter(Phase next) {
    synchronized (admission) {
      if (isOpen()) {
        begin(next, admission.now());
      }
    }
  }

  private void begin(Phase next, long now) {
    phase = next;
    phaseSince = now;
    progressSince = now;
    received = 0;
  }

  // What follows is called with the lock of the admission.

  boolean isOpen() {
    return phase != Phase.CLOSED;
  }

  void noteReceived(int bytes, long now) {
    received += bytes;
    reserved += bytes;
    progressSince = now;
  }

  /** Takes back room, at most what is reserved, and returns how much that was. */
  long release(long bytes) {
    long released = Math.min(bytes, reserved);
    reserved -= released;
    return released;
  }

  /** Closes it and returns the bytes that it had reserved. */
  long end() {
    phase = Phase.CLOSED;
    return release(reserved);
  }

  /**
   * Returns whether the caller is too slow.
   *
   * @param grace how long anybody may be slow
   */
  boolean isSlow(long now, Duration grace, AdmissionConfig config) {
    long time = now - phaseSince;
    return switch (phase) {
      case RECEIVING ->
          time > config.bodyTimeout().toNanos()
              || now - progressSince > grace.toNanos()
              || time > grace.toNanos()
                  && received < config.bodyRate().asLongValue() * (time / 1e9);
      case SENDING -> time > config.sendTimeout().toNanos();
      case WORKING, CLOSED -> false;
    };
  }

  /** Tells its holder that it was given up. */
  void tellGivenUp() {
    onGivenUp.run();
  }
}
