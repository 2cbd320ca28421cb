package io.deixis.service;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.Threshold;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Turns a request as it came into one that keeps to the limits, before any work is done for it. */
@ApplicationScoped
public class RequestChecker {

  private final GroundingLimits limits;

  RequestChecker(GroundingLimits limits) {
    this.limits = limits;
  }

  /**
   * Checks {@code draft}.
   *
   * @throws GroundingException naming the first field at fault
   */
  public GroundingRequest check(RequestDraft draft) {
    return new GroundingRequest(image(draft.image()), query(draft), options(draft));
  }

  private byte[] image(byte[] image) {
    if (image == null || image.length == 0) {
      throw new GroundingException(
          Reason.IMAGE_MISSING,
          "image",
          "No image came",
          "send the photo's bytes in the field \"image\"");
    }
    if (image.length > limits.imageBytes()) {
      throw new GroundingException(
          Reason.IMAGE_TOO_MANY_BYTES,
          "image",
          "The image has %,d bytes and at most %,d are allowed"
              .formatted(image.length, limits.imageBytes()),
          "send a smaller or more compressed one");
    }
    return image;
  }

  private Query query(RequestDraft draft) {
    String caption = draft.caption();
    if (caption == null) {
      return new Query.Phrases(phrases(draft.phraseField(), draft.phrases()));
    }
    if (!draft.phrases().isEmpty()) {
      throw new GroundingException(
          Reason.MALFORMED_REQUEST,
          "caption",
          "Send either \"caption\" or \"%s\", not both.".formatted(draft.phraseField()));
    }
    if (caption.isBlank()) {
      throw new GroundingException(
          Reason.PHRASE_MISSING,
          "caption",
          "The caption is empty",
          "describe something in the photo");
    }
    if (caption.length() > limits.captionCharacters()) {
      throw new GroundingException(
          Reason.PHRASE_TOO_LONG,
          "caption",
          "The caption has %,d characters and at most %,d are allowed"
              .formatted(caption.length(), limits.captionCharacters()),
          "shorten it");
    }
    return Query.ofCaption(caption);
  }

  private List<String> phrases(String field, List<String> phrases) {
    if (phrases.isEmpty()) {
      throw new GroundingException(
          Reason.PHRASE_MISSING,
          field,
          "No phrase came",
          "send at least one in \"%s\", or a sentence in \"caption\"".formatted(field));
    }
    if (phrases.size() > limits.phrases()) {
      throw new GroundingException(
          Reason.TOO_MANY_PHRASES,
          field,
          "%,d phrases came and at most %,d are allowed in one request"
              .formatted(phrases.size(), limits.phrases()),
          "split them over several");
    }
    return phrases.stream().map(phrase -> phrase(field, phrase)).toList();
  }

  private String phrase(String field, String phrase) {
    if (phrase == null || phrase.isBlank()) {
      throw new GroundingException(
          Reason.PHRASE_EMPTY,
          field,
          "A phrase is empty",
          "leave it out or write what to look for");
    }
    if (phrase.length() > limits.phraseCharacters()) {
      throw new GroundingException(
          Reason.PHRASE_TOO_LONG,
          field,
          "A phrase has %,d characters and at most %,d are allowed"
              .formatted(phrase.length(), limits.phraseCharacters()),
          "shorten it");
    }
    return phrase.strip();
  }

  private static GroundingOptions options(RequestDraft draft) {
    GroundingOptions defaults = GroundingOptions.DEFAULTS;
    return new GroundingOptions(
        draft.threshold() == null ? defaults.threshold() : Threshold.parse(draft.threshold()),
        draft.top() == null ? defaults.top() : draft.top(),
        draft.nms() == null ? defaults.nms() : draft.nms());
  }
}
