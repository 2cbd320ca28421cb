package io.deixis.evaluation.answers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deixis.dataset.DatasetException;
import io.deixis.evaluation.PhrasePrediction;
import io.deixis.files.AtomicFile;
import io.deixis.files.JsonFields;
import io.deixis.files.JsonMappers;
import io.deixis.geometry.Box;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(AnswersJson.rounding(6)).build();

  private PredictionsFile() {}

  /**
   * Reads a file.
   *
   * @throws DatasetException if it is missing or not a list of predictions
   */
  public static List<PhrasePrediction> read(Path file) {
    List<PhrasePrediction> predictions = new ArrayList<>();
    try (JsonParser parser = JsonMappers.VALUES.createParser(file.toFile())) {
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
      writer.write(JSON.writeValueAsString(prediction));
      separator = ",\n";
    }
    writer.write("\n]\n");
  }

  private static DatasetException broken(Path file, int before, String problem, Exception cause) {
    return broken(file, "object %d cannot be read (%s)".formatted(before + 1, problem), cause);
  }

  private static DatasetException broken(Path file, String problem, Exception cause) {
    return DatasetException.damaged(
        "%s is not a list of predictions: %s; fix that.".formatted(file, problem), cause);
  }
}
