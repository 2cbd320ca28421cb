package io.deixis.batch.ground;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.deixis.answers.AnsweredPhoto;
import io.deixis.grounding.GroundingAnswer;
import java.util.Optional;

/**
 * The result of a photo, as JSON documents of several photos have it.
 *
 * @param file the photo as {@link Photo#source} names it
 * @param imageId its id, counted from 1 unless the caller counts otherwise
 * @param answer what was found, if it was answered
 * @param error why it was not answered, if it was not
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record PhotoLine(
    String file,
    @JsonProperty("image_id") long imageId,
    Optional<GroundingAnswer> answer,
    Optional<String> error) {

  /**
   * Returns the photo as formats take it; empty if it was not answered.
   *
   * @param name how formats name it
   * @param photo its bytes; empty where no drawing is made of them
   */
  Optional<AnsweredPhoto> answered(String name, byte[] photo) {
    return answer.map(found -> new AnsweredPhoto(Optional.of(name), imageId, photo, found));
  }
}
