package io.deixis.answers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.deixis.grounding.GroundingAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** An answer as JSON: the {@link GroundingAnswer} itself. */
@ApplicationScoped
public class JsonWriter implements AnswerWriter {

  /** The name of this format. */
  public static final String NAME = "json";

  private final ObjectWriter json;

  /** Creates the writer. */
  public JsonWriter(ObjectMapper mapper) {
    json = mapper.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

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
    return false;
  }

  @Override
  public String fileName(String photo) {
    return photo + ".json";
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out)
      throws IOException {
    json.writeValue(out, photos.iterator().next().answer());
  }
}
