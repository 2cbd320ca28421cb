package io.deixis.evaluation.answers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.deixis.files.JsonMappers;
import io.deixis.files.RoundedNumbers;
import io.deixis.geometry.Box;
import java.io.IOException;
import java.util.regex.Pattern;

/** How answers are written: boxes as {@code [x1, y1, x2, y2]}, numbers with few decimals. */
final class AnswersJson {

  /** Names that can be shown. Code that opens a photo checks that it lies in its folder. */
  private static final Pattern ID = Pattern.compile("[^.\\p{Cntrl}][^\\p{Cntrl}]*");

  private static final int BOX_DECIMALS = 2;
  private static final int SHARE_DECIMALS = 4;

  /** Writes and reads one image. */
  static final ObjectMapper MAPPER =
      JsonMappers.records().addModule(rounding(SHARE_DECIMALS)).build();

  private AnswersJson() {}

  /** Returns what writes boxes as four edges, and all other numbers with a few decimals. */
  static SimpleModule rounding(int decimals) {
    return RoundedNumbers.module(decimals)
        .addSerializer(Box.class, new Edges())
        .addDeserializer(Box.class, new FromEdges());
  }

  /**
   * Reads one image.
   *
   * @throws JsonProcessingException if the line is something else, or the image's id is empty,
   *     begins with a dot or has control characters
   */
  static AnsweredImage read(byte[] line) throws IOException {
    AnsweredImage image = MAPPER.readValue(line, AnsweredImage.class);
    if (image == null || !ID.matcher(image.image()).matches()) {
      throw JsonMappingException.from((JsonParser) null, "no image");
    }
    return image;
  }

  private static final class Edges extends StdSerializer<Box> {

    Edges() {
      super(Box.class);
    }

    @Override
    public void serialize(Box box, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartArray();
      for (double edge : new double[] {box.x1(), box.y1(), box.x2(), box.y2()}) {
        json.writeNumber(RoundedNumbers.text(edge, BOX_DECIMALS));
      }
      json.writeEndArray();
    }
  }

  private static final class FromEdges extends StdDeserializer<Box> {

    FromEdges() {
      super(Box.class);
    }

    @Override
    public Box deserialize(JsonParser json, DeserializationContext context) throws IOException {
      double[] edges = json.readValueAs(double[].class);
      if (edges == null || edges.length != 4) {
        throw JsonMappingException.from(json, "A box has four edges.");
      }
      return new Box(edges[0], edges[1], edges[2], edges[3]);
    }
  }
}
