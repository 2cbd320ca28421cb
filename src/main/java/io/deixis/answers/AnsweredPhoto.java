package io.deixis.answers;

import io.deixis.grounding.GroundingAnswer;
import java.util.Optional;

/**
 * A photo with its answer, as {@link AnswerWriter}s take it.
 *
 * @param file the photo's name as its sender gave it, if one was given
 * @param imageId the photo's id as its sender counts photos
 * @param photo the encoded bytes; empty where no drawing is made of them
 * @param answer what was found in it
 */
public record AnsweredPhoto(
    Optional<String> file, long imageId, byte[] photo, GroundingAnswer answer) {}
