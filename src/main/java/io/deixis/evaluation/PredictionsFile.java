package io.deixis.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deixis.dataset.DatasetException;
import io.deixis.geometry.Box;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final ObjectReader ENTRIES = JSON.readerFor(Entry.class);

  private PredictionsFile() {}

  /**
   * Reads a file.
   *
   * @throws DatasetException if it is missing or not a list of predictions
   */
  public static List<PhrasePrediction> read(Path file) {
    List<PhrasePrediction> predictions = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        MappingIterator<Entry> entries = ENTRIES.readValues(in)) {
      while (entries.hasNextValue()) {
        predictions.add(entries.nextValue().toPrediction());
      }
    } catch (NoSuchFileException e) {
      throw new DatasetException(file + " is missing: name a predictions file that exists.", e);
    } catch (JsonProcessingException e) {
      throw broken(file, predictions.size(), e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw broken(file, predictions.size(), e.getMessage(), e);
    } catch (IOException e) {
      throw new DatasetException(
          "%s cannot be read (%s): check its permissions."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    return predictions;
  }

  /**
   * Writes a file, whole or not at all, one prediction a line; boxes are rounded to hundredths of a
   * pixel, scores to millionths, so that the same predictions give the same bytes on every Java
   * version.
   *
   * @throws DatasetException if it cannot be written
   */
  public static void write(Path file, Iterable<PhrasePrediction> predictions) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(partial)) {
        write(writer, predictions);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      partial.toFile().delete();
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
    return DatasetException.damaged(
        "%s is not a list of predictions: object %d cannot be read (%s)."
            .formatted(file, before + 1, problem),
        cause);
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

    PhrasePrediction toPrediction() {
      return new PhrasePrediction(
          image,
          sentence,
          chain,
          types,
          phrase,
          firstChar,
          boxes.stream().map(Entry::box).toList(),
          scores.stream().map(BigDecimal::doubleValue).toList());
    }

    private static Box box(List<BigDecimal> edges) {
      if (edges.size() != 4) {
        throw new IllegalArgumentException("A box has four edges, not %d.".formatted(edges.size()));
      }
      return new Box(
          edges.get(0).doubleValue(),
          edges.get(1).doubleValue(),
          edges.get(2).doubleValue(),
          edges.get(3).doubleValue());
    }

    private static BigDecimal rounded(double value, int decimals) {
      return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).stripTrailingZeros();
    }
  }
}
