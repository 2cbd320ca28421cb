package io.deixis.grounding;

import java.util.Optional;

/**
 * Why a request cannot be answered, for the person who made it; it reveals nothing of the
 * implementation.
 *
 * @param reason the kind, by which programs tell refusals apart
 * @param field the request's field at fault, if it is one
 * @param problem what is wrong, as the beginning of a sentence, without its full stop
 * @param remedy what to do, as the end of that sentence, without its full stop, if anything helps
 */
public record Refusal(
    Reason reason, Optional<String> field, String problem, Optional<String> remedy) {

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
    /** The request names a model that does not exist. */
    MODEL_UNKNOWN,
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

  /** Drops the full stops of parts that come as whole sentences. */
  public Refusal {
    problem = withoutStop(problem);
    remedy = remedy.map(Refusal::withoutStop);
  }

  /**
   * Creates a refusal.
   *
   * @param field the request's field at fault, or null if there is none
   * @param remedy what to do, or null if nothing helps
   */
  public static Refusal of(Reason reason, String field, String problem, String remedy) {
    return new Refusal(reason, Optional.ofNullable(field), problem, Optional.ofNullable(remedy));
  }

  /** Returns what is wrong and what to do as one sentence. */
  public String sentence() {
    return problem + remedy.map(help -> "; " + help).orElse("") + ".";
  }

  private static String withoutStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
