package io.deixis.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deixis.dataset.DatasetException;
import io.deixis.files.AtomicFile;
import io.deixis.files.JsonFields;
import io.deixis.geometry.Box;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Predictions as a JSON list with one object per phrase occurrence:
 *
 * <pre>
 *   {"image": "36979", "sentence": 0, "chain": "12", "types": ["people"], "phrase": "A man",
 *    "first_char": 0, "boxes": [[172, 33.5, 400, 193]], "scores": [0.93]}
 * </pre>
 *
 * <p>Boxes are {@code [x1, y1, x2, y2]}, best first. Fields beyond these are passed over when
 * reading.
 */
public final class PredictionsFile {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private PredictionsFile() {}

  /**
   * Reads a file.
   *
   * @throws DatasetException if it is missing or not a list of predictions
   */
  public static List<PhrasePrediction> read(Path file) {
    List<PhrasePrediction> predictions = new ArrayList<>();
    try (JsonParser parser = JsonFields.MAPPER.createParser(file.toFile())) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw broken(file, "it does not begin with a list", null);
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        predictions.add(prediction(new JsonFields(parser.readValueAsTree(), "")));
      }
      if (parser.nextToken() != null) {
        throw broken(file, "something follows the list", null);
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new DatasetException(file + " is missing: name a predictions file that exists.", e);
    } catch (JsonProcessingException e) {
      throw broken(file, predictions.size(), JsonFields.problem(e), e);
    } catch (JsonFields.BadField | IllegalArgumentException e) {
      throw broken(file, predictions.size(), e.getMessage().replaceAll("\\.$", ""), e);
    } catch (IOException e) {
      throw new DatasetException("%s cannot be read: check its permissions.".formatted(file), e);
    }
    return predictions;
  }

  private static PhrasePrediction prediction(JsonFields object) {
    List<Box> boxes = new ArrayList<>();
    for (JsonNode box : object.list("boxes")) {
      double[] edges = JsonFields.box(box, "a box");
      boxes.add(new Box(edges[0], edges[1], edges[2], edges[3]));
    }
    return new PhrasePrediction(
        object.text("image"),
        object.count("sentence"),
        object.id("chain"),
        object.texts("types"),
        object.text("phrase"),
        object.count("first_char"),
        boxes,
        object.numbers("scores"));
  }

  /**
   * Writes a file, whole or not at all, one prediction a line; boxes are rounded to hundredths of a
   * pixel, scores to millionths, so that the same predictions give the same bytes on every Java
   * version.
   *
   * @throws DatasetException if it cannot be written
   */
  public static void write(Path file, Iterable<PhrasePrediction> predictions) {
    try {
      AtomicFile.replace(
          file,
          partial -> {
            try (BufferedWriter writer = Files.newBufferedWriter(partial)) {
              write(writer, predictions);
            }
          });
    } catch (IOException e) {
      throw DatasetException.unwritable(file, e);
    }
  }

  private static void write(BufferedWriter writer, Iterable<PhrasePrediction> predictions)
      throws IOException {
    writer.write("[");
    String separator = "\n";
    for (PhrasePrediction prediction : predictions) {
      writer.write(separator);
      writer.write(JSON.writeValueAsString(Entry.of(prediction)));
      separator = ",\n";
    }
    writer.write("\n]\n");
  }

  private static DatasetException broken(Path file, int before, String problem, Exception cause) {
    return broken(file, "object %d cannot be read (%s)".formatted(before + 1, problem), cause);
  }

  private static DatasetException broken(Path file, String problem, Exception cause) {
    return DatasetException.damaged(
        "%s is not a list of predictions: %s; mend that.".formatted(file, problem), cause);
  }

  /** One object of the list. */
  private record Entry(
      String image,
      int sentence,
      String chain,
      List<String> types,
      String phrase,
      @JsonProperty("first_char") int firstChar,
      List<List<BigDecimal>> boxes,
      List<BigDecimal> scores) {

    private static final int BOX_DECIMALS = 2;
    private static final int SCORE_DECIMALS = 6;

    static Entry of(PhrasePrediction prediction) {
      return new Entry(
          prediction.image(),
          prediction.sentence(),
          prediction.chain(),
          prediction.types(),
          prediction.phrase(),
          prediction.firstChar(),
          prediction.boxes().stream()
              .map(
                  box ->
                      Stream.of(box.x1(), box.y1(), box.x2(), box.y2())
                          .map(edge -> rounded(edge, BOX_DECIMALS))
                          .toList())
              .toList(),
          prediction.scores().stream().map(score -> rounded(score, SCORE_DECIMALS)).toList());
    }

    private static BigDecimal rounded(double value, int decimals) {
      return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).stripTrailingZeros();
    }
  }
}
