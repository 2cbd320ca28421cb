package io.deixis.service.http;

import io.deixis.answers.AnsweredPhoto;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.requests.RequestDraft;
import java.util.Optional;

/**
 * A grounding request as it came over HTTP, or as a function's event.
 *
 * @param draft what is asked
 * @param imageId the photo's id as the caller counts photos, for formats that have one
 * @param file the photo's name, for formats that have one
 */
public record IncomingRequest(RequestDraft draft, Optional<Long> imageId, Optional<String> file) {

  /** The id of a photo whose caller gave none. */
  private static final long ONLY_PHOTO = 1;

  /** Returns the photo with its answer. */
  public AnsweredPhoto with(GroundingAnswer answer) {
    return new AnsweredPhoto(file, imageId.orElse(ONLY_PHOTO), draft.image(), answer);
  }
}
