package io.deixis.batch.ground;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.deixis.answers.AnswerWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How one document holds the results of several photos. */
@FunctionalInterface
interface PhotosFormat {

  /** The name of JSON lines, a {@link PhotoLine} each. */
  String NDJSON = "ndjson";

  /** Writes the document; the stream stays open. */
  void write(Stream<PhotoLine> photos, OutputStream out) throws IOException;

  /** JSON lines. */
  static PhotosFormat lines(ObjectMapper mapper) {
    ObjectWriter json = mapper.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    return (photos, out) -> {
      for (PhotoLine photo : (Iterable<PhotoLine>) photos::iterator) {
        json.writeValue(out, photo);
        out.write('\n');
      }
    };
  }

  /** One JSON document, {@code {"images": [...]}}. */
  static PhotosFormat json(ObjectMapper mapper) {
    ObjectWriter json =
        mapper.writerWithDefaultPrettyPrinter().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    return (photos, out) -> {
      json.writeValue(out, new Images(photos::iterator));
      out.write('\n');
    };
  }

  /** The document of a {@link #json} format. */
  record Images(Iterable<PhotoLine> images) {}

  /**
   * The photos that were answered, in a format of its own.
   *
   * @param names returns how formats name a photo, by its source
   */
  static PhotosFormat of(
      AnswerWriter writer, AnswerWriter.Options options, UnaryOperator<String> names) {
    return (photos, out) ->
        writer.write(
            photos
                    .map(photo -> photo.answered(names.apply(photo.file()), new byte[0]))
                    .flatMap(Optional::stream)
                ::iterator,
            options,
            out);
  }
}
