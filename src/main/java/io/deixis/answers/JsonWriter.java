package io.deixis.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.deixis.grounding.GroundingAnswer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Answers as JSON. One answer is the {@link GroundingAnswer} itself; those of several photos stand
 * in {@code {"images": [...]}}, each beside its file.
 */
@ApplicationScoped
public class JsonWriter implements AnswerWriter {

  /** The name of this format. */
  public static final String NAME = "json";

  private final ObjectWriter compact;
  private final ObjectWriter indented;

  /** Creates the writer. */
  public JsonWriter(ObjectMapper mapper) {
    compact = mapper.writer();
    indented = mapper.writerWithDefaultPrettyPrinter();
  }

  /**
   * A photo of several.
   *
   * @param file as given on the command line
   * @param answer what was found, if it was answered
   * @param error why it was not answered, if it was not
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Photo(String file, Optional<GroundingAnswer> answer, Optional<String> error) {}

  /** The answers of several photos. */
  @RegisterForReflection
  public record Photos(List<Photo> images) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> mediaType() {
    return Optional.of("application/json");
  }

  @Override
  public boolean holdsSeveral() {
    return true;
  }

  @Override
  public String fileName(String photo) {
    return photo + ".json";
  }

  @Override
  public String write(AnsweredPhoto photo) {
    return write(compact, photo.answer());
  }

  @Override
  public String write(List<AnsweredPhoto> photos, Options options) {
    return write(
        new Photos(
            photos.stream()
                .map(
                    photo ->
                        new Photo(
                            photo.file().orElse(null),
                            Optional.of(photo.answer()),
                            Optional.empty()))
                .toList()));
  }

  /** Writes photos of which some may have no answer, indented. */
  public String write(Photos photos) {
    return write(indented, photos) + "\n";
  }

  private static String write(ObjectWriter writer, Object document) {
    try {
      return writer.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
