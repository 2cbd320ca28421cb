package io.deixis.runlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Writes {@code looks.ndjson}, one JSON object a look, and logs each look for those who debug. */
final class BatchSamples implements TrainingListener, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(BatchSamples.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StepLog log;

  BatchSamples(Path file) {
    log = new StepLog(file, List.of(), BatchSamples::position);
  }

  @Override
  public void onStart(String stage, long done) {
    log.rewind(stage, done);
  }

  @Override
  public void onStep(Progress progress) {}

  @Override
  public void onLook(Look look) {
    try {
      log.append(JSON.writeValueAsString(look));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A look is plain data.", e);
    }
    LOG.debugf("%s step %d, image %s: %s", look.stage(), look.step(), look.image(), text(look));
  }

  @Override
  public void close() {
    log.close();
  }

  private static String text(Look look) {
    return look.phrases().stream()
        .map(
            phrase ->
                phrase.best().stream()
                    .map(
                        candidate ->
                            String.format(
                                Locale.ROOT,
                                "%.2f %s",
                                candidate.score(),
                                candidate.positive() ? "right" : "wrong"))
                    .collect(
                        Collectors.joining(
                            ", ",
                            "\"%s\" (%d right) ".formatted(phrase.text(), phrase.positives()),
                            "")))
        .collect(Collectors.joining("; "));
  }

  private static Optional<StepLog.Position> position(String line) {
    try {
      JsonNode look = JSON.readTree(line);
      return look.path("step").canConvertToLong()
          ? Optional.of(
              new StepLog.Position(look.path("stage").asText(), look.path("step").asLong()))
          : Optional.empty();
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }
}
