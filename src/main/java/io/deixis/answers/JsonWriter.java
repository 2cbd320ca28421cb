package io.deixis.answers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.deixis.grounding.GroundingAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;

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
  public Format format() {
    return Format.of(NAME, ".json").offeredAs("application/json");
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out)
      throws IOException {
    json.writeValue(out, photos.iterator().next().answer());
  }
}
