package io.deixis.dataset;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.deixis.files.JsonMappers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The name, licence and description of a data set. A folder of any format may hold it in {@value
 * #FILE}, as a JSON object of these three texts.
 *
 * @param name what the data is called
 * @param licence the terms that it may be used on
 * @param description one sentence: what it holds and who made it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DatasetCard(String name, String licence, String description) {

  /** The file in a data set's folder. */
  public static final String FILE = "dataset.json";

  /** The licence of data that does not tell one. */
  public static final String UNKNOWN_LICENCE = "not stated";

  /** Takes a missing licence for unknown, and a missing description for none. */
  public DatasetCard {
    licence = licence == null || licence.isBlank() ? UNKNOWN_LICENCE : licence;
    description = description == null ? "" : description;
  }

  /**
   * Returns the card of a folder.
   *
   * @param folder the data set's folder
   * @param otherwise the card where the folder has none
   * @throws DatasetException if the file is there but is no card
   */
  public static DatasetCard of(Path folder, DatasetCard otherwise) {
    Path file = folder.resolve(FILE);
    if (Files.notExists(file)) {
      return otherwise;
    }
    DatasetCard card;
    try {
      card = JsonMappers.DOCUMENTS.readValue(file.toFile(), DatasetCard.class);
    } catch (IOException e) {
      throw notACard(file, e);
    }
    if (card == null || card.name == null || card.name.isBlank()) {
      throw notACard(file, null);
    }
    return card;
  }

  /** Writes the card into a data set's folder. */
  public void write(Path folder) throws IOException {
    Files.writeString(
        folder.resolve(FILE),
        JsonMappers.DOCUMENTS.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
  }

  private static DatasetException notACard(Path file, Exception cause) {
    return DatasetException.damaged(
        "%s is no card of a data set: write a JSON object with the texts name, licence and description."
            .formatted(file),
        cause);
  }
}
