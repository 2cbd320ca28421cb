package io.deixis.answers;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The formats in which answers are written. */
@ApplicationScoped
public class AnswerWriters {

  private static final Comparator<AnswerWriter> JSON_FIRST =
      Comparator.comparing((AnswerWriter writer) -> !writer.format().name().equals(JsonWriter.NAME))
          .thenComparing(writer -> writer.format().name());

  private final List<AnswerWriter> writers;

  /** Takes every writer that there is. */
  public AnswerWriters(@All List<AnswerWriter> writers) {
    this.writers = writers.stream().sorted(JSON_FIRST).toList();
  }

  /** Returns the writers by name, the one for JSON first. */
  public List<AnswerWriter> all() {
    return writers;
  }

  /** Returns the writer of that name. */
  public Optional<AnswerWriter> named(String name) {
    return writers.stream().filter(writer -> writer.format().name().equals(name)).findFirst();
  }

  /** Returns the media types that HTTP offers, JSON first. */
  public List<String> mediaTypes() {
    return writers.stream().flatMap(writer -> writer.format().mediaType().stream()).toList();
  }

  /**
   * Returns the writer of a media type.
   *
   * @param mediaType one of {@link #mediaTypes}
   */
  public AnswerWriter of(String mediaType) {
    return writers.stream()
        .filter(writer -> writer.format().mediaType().filter(mediaType::equals).isPresent())
        .findFirst()
        .orElseThrow();
  }
}
