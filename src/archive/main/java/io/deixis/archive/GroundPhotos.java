package io.deixis.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.archive.AnswerRow.PhotoKey;
import io.deixis.files.Sha256;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.GroundingService;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.jboss.logging.Logger;

/**
 * Turns the photos of a partition into rows of the table, with the executor's model. What is wrong
 * with a photo becomes its row; what is wrong with the model or the executor fails the task, which
 * Spark tries again elsewhere. Only if it goes wrong everywhere is that the photo's row as well.
 *
 * @param model what to ground with
 * @param words what to look for
 * @param options how to answer
 * @param reader reads the photos
 * @param done what the table has already
 * @param counts told of each photo
 * @param retries how often Spark tries a task again
 */
record GroundPhotos(
    ExecutorModel.Key model,
    Words words,
    AnswerOptions options,
    PhotoReader reader,
    Broadcast<DoneKeys> done,
    Counts counts,
    int retries)
    implements MapPartitionsFunction<Row, Row> {

  private static final Logger LOG = Logger.getLogger(GroundPhotos.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Refusals that may be due to the executor as well as to the photo. */
  private static final Set<Reason> OF_THE_EXECUTOR =
      EnumSet.of(Reason.INTERNAL, Reason.OUT_OF_MEMORY, Reason.NOT_READY);

  @Override
  public Iterator<Row> call(Iterator<Row> photos) throws IOException {
    ExecutorModel loaded = ExecutorModel.get(model);
    GroundingService service = loaded.grounder().service();
    boolean last = TaskContext.get().attemptNumber() >= retries;
    return new PartitionRows(
        photos, photo -> answer(photo, service, last), loaded.photosInWork(), counts);
  }

  /** Returns a photo's rows; none if the table has them. */
  private List<Row> answer(Row photo, GroundingService service, boolean last) {
    List<String> own = PhotoReader.words(photo);
    String request = fingerprint(own);
    PhotoKey unread = new PhotoKey(PhotoReader.path(photo), null, request);
    byte[] bytes;
    try {
      bytes = reader.read(photo, service);
    } catch (GroundingException refused) {
      if (!last && refused.getCause() instanceof IOException) {
        throw refused;
      }
      return rows(unread, refused.refusal());
    }
    PhotoKey key = new PhotoKey(unread.path(), Sha256.of(bytes), request);
    if (done.value().holds(key)) {
      return List.of();
    }
    RequestContext context = RequestContext.NONE.within(Deadline.after(options.timeout()));
    try {
      GroundingAnswer answer = service.ground(words.draft(bytes, own, options), context);
      return AnswerRow.of(key, answer);
    } catch (GroundingException refused) {
      if (!last && OF_THE_EXECUTOR.contains(refused.reason())) {
        throw refused;
      }
      return rows(key, refused.refusal());
    } catch (RuntimeException fault) {
      LOG.errorf(fault, "The photo %s met a fault", key.path());
      if (!last) {
        throw fault;
      }
      return rows(
          key,
          Refusal.of(
              Reason.INTERNAL,
              null,
              "Deixis met a fault of its own (%s)".formatted(fault.getClass().getSimpleName()),
              "the executor's log tells more"));
    }
  }

  private List<Row> rows(PhotoKey key, Refusal refusal) {
    return done.value().holds(key) ? List.of() : List.of(AnswerRow.of(key, refusal, model.files()));
  }

  /** SHA-256 of everything that the answer follows from, besides the photo. */
  private String fingerprint(List<String> own) {
    List<?> all =
        List.of(
            words.kind(),
            words.texts().isEmpty() ? own : words.texts(),
            String.valueOf(options.threshold()),
            options.top(),
            String.valueOf(options.nms()),
            new TreeMap<>(model.settings()),
            model.files().fingerprint());
    try {
      return Sha256.of(JSON.writeValueAsBytes(all));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
