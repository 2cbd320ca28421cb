package io.deixis.grounding;

import java.time.Duration;
import java.util.Optional;

/**
 * A request that cannot be answered. The message is one sentence for the person who made it: what
 * is wrong and what to do; nothing of the inside.
 */
public final class GroundingException extends RuntimeException {

  /** Why a request cannot be answered. */
  public enum Reason {
    /** The request cannot be read as one at all. */
    MALFORMED_REQUEST,
    /** No image came. */
    IMAGE_MISSING,
    /** The image has more bytes than allowed. */
    IMAGE_TOO_MANY_BYTES,
    /** The image declares more pixels than allowed. */
    IMAGE_TOO_MANY_PIXELS,
    /** The bytes are not of an image format that is read here. */
    IMAGE_UNSUPPORTED,
    /** The image is of a known format but broken or cut short. */
    IMAGE_BROKEN,
    /** No phrase came, or the caption names nothing. */
    PHRASE_MISSING,
    /** A phrase is blank. */
    PHRASE_EMPTY,
    /** A phrase or the caption is longer than allowed. */
    PHRASE_TOO_LONG,
    /** More phrases came than allowed. */
    TOO_MANY_PHRASES,
    /** The caption's entity markup is broken. */
    MARKUP_BROKEN,
    /** The request names an option that does not exist. */
    OPTION_UNKNOWN,
    /** An option's value is out of its range. */
    OPTION_INVALID,
    /** Too much work is waiting. */
    BUSY,
    /** The memory does not suffice just now. */
    OUT_OF_MEMORY,
    /** No model is loaded (yet). */
    NOT_READY,
    /** The worker does not answer. */
    WORKER_UNAVAILABLE,
    /** The answer was not ready in time. */
    DEADLINE_EXCEEDED,
    /** A fault of the software itself. */
    INTERNAL
  }

  private final transient Reason reason;
  private final String field;
  private final Duration retryAfter;

  /**
   * Creates the exception.
   *
   * @param reason why
   * @param field the request's field at fault, or null if there is none
   * @param message one sentence: what is wrong and what to do
   */
  public GroundingException(Reason reason, String field, String message) {
    this(reason, field, message, null);
  }

  /** As the other constructor, with the cause for the log. */
  public GroundingException(Reason reason, String field, String message, Throwable cause) {
    this(reason, field, message, null, cause);
  }

  private GroundingException(
      Reason reason, String field, String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.field = field;
    this.retryAfter = retryAfter;
  }

  /** Returns this refusal with the time after which another try makes sense. */
  public GroundingException retryAfter(Duration wait) {
    return new GroundingException(reason, field, getMessage(), wait, getCause());
  }

  /** Returns why the request cannot be answered. */
  public Reason reason() {
    return reason;
  }

  /** Returns the request's field at fault. */
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /** Returns the time after which another try makes sense, if who refused it told. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
