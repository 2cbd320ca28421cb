package io.deixis.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.answers.AnswerDocument;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers of {@code ground} as one JSON document: {@code {"images": [...]}}, in the order
 * given. Each member has the file's name and either {@code answer}, as the HTTP interface writes
 * it, or {@code error}.
 */
final class GroundReport implements GroundOutput {

  private final ObjectMapper mapper;
  private final PrintWriter out;
  private final List<Image> images = new ArrayList<>();

  GroundReport(ObjectMapper mapper, PrintWriter out) {
    this.mapper = mapper;
    this.out = out;
  }

  /**
   * One image of the document.
   *
   * @param file as given on the command line
   * @param answer what was found; null if the image was refused
   * @param error why it was refused; null if it was not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Image(String file, AnswerDocument answer, String error) {}

  /** The document. */
  record Document(List<Image> images) {}

  @Override
  public void answered(Path image, GroundingAnswer answer) {
    images.add(new Image(image.toString(), AnswerDocument.of(answer), null));
  }

  @Override
  public void refused(Path image, GroundingException why) {
    images.add(new Image(image.toString(), null, why.getMessage()));
  }

  @Override
  public void finish() {
    try {
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(new Document(images)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Answers are always representable as JSON", e);
    }
  }
}
