package io.deixis.grounding;

import io.deixis.grounding.Refusal.Reason;
import java.time.Duration;
import java.util.Optional;

/** A request that cannot be answered. The message is the refusal's sentence. */
public final class GroundingException extends RuntimeException {

  private final transient Refusal refusal;
  private final Duration retryAfter;

  /**
   * Creates the exception.
   *
   * @param reason why
   * @param field the request's field at fault, or null if there is none
   * @param problem what is wrong
   * @param remedy what to do
   */
  public GroundingException(Reason reason, String field, String problem, String remedy) {
    this(Refusal.of(reason, field, problem, remedy), null);
  }

  /** Creates the exception for what nothing can be done about. */
  public GroundingException(Reason reason, String field, String problem) {
    this(Refusal.of(reason, field, problem, null), null);
  }

  /** As the first constructor, with the cause for the log. */
  public GroundingException(
      Reason reason, String field, String problem, String remedy, Throwable cause) {
    this(Refusal.of(reason, field, problem, remedy), cause);
  }

  /** Creates the exception with the cause for the log, or null. */
  public GroundingException(Refusal refusal, Throwable cause) {
    this(refusal, null, cause);
  }

  private GroundingException(Refusal refusal, Duration retryAfter, Throwable cause) {
    super(refusal.sentence(), cause);
    this.refusal = refusal;
    this.retryAfter = retryAfter;
  }

  /** Returns this refusal with the time after which another try makes sense. */
  public GroundingException retryAfter(Duration wait) {
    return new GroundingException(refusal, wait, getCause());
  }

  /** Returns why the request cannot be answered, and what to do. */
  public Refusal refusal() {
    return refusal;
  }

  /** Returns why the request cannot be answered. */
  public Reason reason() {
    return refusal.reason();
  }

  /** Returns the request's field at fault. */
  public Optional<String> field() {
    return refusal.field();
  }

  /** Returns the time after which another try makes sense, if it is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
