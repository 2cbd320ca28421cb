package io.deixis.grounding;

import io.deixis.grounding.Refusal.Reason;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The bounds on one request, each with its refusal. Everything that bounds a request asks here.
 *
 * @param limits the bounds
 */
public record RequestChecks(GroundingLimits limits) {

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}]*");

  private static final Pattern HALF_A_CHARACTER = Pattern.compile("\\p{Cs}");

  /**
   * Checks a photo as it came.
   *
   * @param image its bytes, or null if none came
   * @throws GroundingException if there are none, or more than allowed
   */
  public void image(byte[] image) {
    if (image == null) {
      throw new GroundingException(
          Reason.IMAGE_MISSING, "image", "No image came", "send the photo's bytes as \"image\"");
    }
    if (image.length == 0) {
      throw new GroundingException(
          Reason.IMAGE_MISSING, "image", "The image has no bytes", "send the whole file");
    }
    imageBytes(image.length);
  }

  /**
   * Checks how many bytes a photo has.
   *
   * @throws GroundingException if they are more than allowed
   */
  public void imageBytes(long bytes) {
    if (bytes > limits.imageBytes()) {
      throw new GroundingException(
          Reason.IMAGE_TOO_MANY_BYTES,
          "image",
          "The image has %,d bytes where at most %,d are allowed"
              .formatted(bytes, limits.imageBytes()),
          "send a smaller or more compressed one");
    }
  }

  /**
   * Checks a caption, or a query as a person types it.
   *
   * @param field the name it came under
   * @throws GroundingException if it says nothing, is longer than allowed, or holds half a
   *     character
   */
  public void text(String field, String text) {
    if (isBlank(text)) {
      throw new GroundingException(
          Reason.PHRASE_MISSING,
          field,
          "The %s is empty".formatted(field),
          "describe something in the photo");
    }
    wellFormed(field, text);
    if (text.length() > limits.captionCharacters()) {
      throw new GroundingException(
          Reason.PHRASE_TOO_LONG,
          field,
          "The %s has %,d characters where at most %,d are allowed"
              .formatted(field, text.length(), limits.captionCharacters()),
          "shorten it");
    }
  }

  /** Returns whether a text has nothing that can be seen: spaces of any kind, marks of no width. */
  private static boolean isBlank(String text) {
    return INVISIBLE.matcher(text).matches();
  }

  /** JSON can write half of a character. */
  private static void wellFormed(String field, String text) {
    if (HALF_A_CHARACTER.matcher(text).find()) {
      throw new GroundingException(
          Reason.MALFORMED_REQUEST,
          field,
          "What came as \"%s\" holds half of a surrogate pair, which is no character"
              .formatted(field),
          "send whole characters");
    }
  }

  /**
   * Checks phrases, be they given or found in a caption.
   *
   * @param field the name they came under
   * @throws GroundingException if there are none, too many, or one of them is not what {@link
   *     #text} asks for
   */
  public void phrases(String field, List<String> phrases) {
    if (phrases.isEmpty()) {
      throw new GroundingException(
          Reason.PHRASE_MISSING,
          field,
          "No phrase came",
          "send at least one as \"%s\", a \"caption\", or what you would type as \"query\""
              .formatted(field));
    }
    if (phrases.size() > limits.phrases()) {
      throw new GroundingException(
          Reason.TOO_MANY_PHRASES,
          field,
          "The request has %,d phrases where at most %,d are allowed"
              .formatted(phrases.size(), limits.phrases()),
          "split them over several requests");
    }
    phrases.forEach(phrase -> phrase(field, phrase));
  }

  private void phrase(String field, String phrase) {
    if (phrase == null || isBlank(phrase)) {
      throw new GroundingException(
          Reason.PHRASE_EMPTY,
          field,
          "A phrase is empty",
          "leave it out or write what to look for");
    }
    wellFormed(field, phrase);
    if (phrase.strip().length() > limits.phraseCharacters()) {
      throw new GroundingException(
          Reason.PHRASE_TOO_LONG,
          field,
          "A phrase has %,d characters where at most %,d are allowed"
              .formatted(phrase.strip().length(), limits.phraseCharacters()),
          "shorten it");
    }
  }
}
