package io.deixis.batch.ground;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.StageProgress;
import io.deixis.batch.Terminal;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.runlog.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Asks photos the same on all cores, and hands what comes of them on in their order. If one photo
 * of several cannot be answered, that is reported, and the others are asked all the same.
 */
final class PhotoLoop {

  /** Photos that each thread may be ahead of the one that is handed on. */
  private static final int AHEAD = 2;

  /** Fewer photos than this show no progress. */
  private static final int MANY = 10;

  private final GroundingService service;
  private final Function<byte[], GroundingAnswer> question;
  private final Terminal err;

  /**
   * Creates the loop.
   *
   * @param service refuses photos by their size
   * @param question asks about a photo's bytes
   * @param err where refused photos are reported
   */
  PhotoLoop(GroundingService service, Function<byte[], GroundingAnswer> question, Terminal err) {
    this.service = service;
    this.question = question;
    this.err = err;
  }

  /** What came of a photo. */
  private record Outcome(Photo photo, PhotoLine line, byte[] bytes, RuntimeException refusal) {}

  /**
   * Asks photos.
   *
   * @param known photos that are known before
   * @param more photos that become known later; they come after the others
   * @param outputs take what comes of them
   * @param resume whether those that all outputs have from an earlier run are passed over
   * @param firstId the first photo's id
   * @param quiet whether no progress is shown
   * @return the status of the last refused photo; {@code OK} if there is none
   * @throws CommandFailure if there is one photo alone, and it cannot be read
   * @throws GroundingException if there is one photo alone, and it is refused; or whatever photo it
   *     is, if the question is refused
   */
  ExitStatus run(
      List<Photo> known,
      Iterator<Photo> more,
      List<GroundOutput> outputs,
      boolean resume,
      long firstId,
      boolean quiet) {
    Set<String> kept = resume ? doneByAll(known, outputs) : Set.of();
    Map<String, Long> earlierIds = new HashMap<>();
    outputs.forEach(output -> earlierIds.putAll(output.begin(kept)));
    AtomicLong lastId = new AtomicLong(earlierIds.values().stream().reduce(firstId - 1, Long::max));
    List<Photo> open = known.stream().filter(photo -> !kept.contains(photo.source())).toList();
    boolean alone = known.size() == 1 && !more.hasNext();
    Tally tally = new Tally();
    try (StageProgress progress =
        new StageProgress(quiet || open.size() < MANY || more.hasNext())) {
      ask(
          new Chain(open.iterator(), more),
          photo -> {
            Long earlier = earlierIds.get(photo.source());
            return earlier == null ? lastId.incrementAndGet() : earlier;
          },
          outcome -> {
            if (outcome.refusal != null && alone) {
              throw outcome.refusal;
            }
            tally.add(outcome);
            outputs.forEach(output -> output.take(outcome.photo, outcome.line, outcome.bytes));
            progress.onStep(
                new TrainingListener.Progress("photos", tally.photos, open.size(), Map.of()));
          });
    }
    tally.report();
    outputs.forEach(GroundOutput::finish);
    return tally.status;
  }

  /** Asks photos on all cores, and hands on what comes of each, in their order. */
  private void ask(Iterator<Photo> photos, ToLongFunction<Photo> ids, Consumer<Outcome> handOn) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Deque<CompletableFuture<Outcome>> inWork = new ArrayDeque<>();
    try {
      while (photos.hasNext() || !inWork.isEmpty()) {
        if (photos.hasNext() && inWork.size() < threads * AHEAD) {
          Photo photo = photos.next();
          long id = ids.applyAsLong(photo);
          inWork.add(CompletableFuture.supplyAsync(() -> asked(photo, id), pool));
        } else {
          handOn.accept(inWork.remove().join());
        }
      }
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    } finally {
      pool.shutdownNow();
    }
  }

  /** Counts photos, and reports those without an answer. */
  private final class Tally {
    private int photos;
    private int refused;
    private ExitStatus status = ExitStatus.OK;

    void add(Outcome outcome) {
      photos++;
      if (outcome.refusal != null) {
        refused++;
        status = statusOf(outcome.refusal);
        err.printf("%s: %s%n", outcome.photo.source(), outcome.refusal.getMessage());
      }
    }

    void report() {
      if (refused > 0) {
        err.printf(
            Locale.ROOT,
            "%d of %d photos have no answer; the lines above tell why.%n",
            refused,
            photos);
      }
    }
  }

  private static Set<String> doneByAll(List<Photo> photos, List<GroundOutput> outputs) {
    Set<String> done = new HashSet<>(outputs.get(0).done(photos));
    outputs.forEach(output -> done.retainAll(output.done(photos)));
    return done;
  }

  private Outcome asked(Photo photo, long id) {
    try {
      byte[] bytes = photo.read(service);
      GroundingAnswer answer = question.apply(bytes);
      return new Outcome(
          photo,
          new PhotoLine(photo.source(), id, Optional.of(answer), Optional.empty()),
          bytes,
          null);
    } catch (IOException unreadable) {
      return refused(
          photo,
          id,
          CommandFailure.input(
                  "The %s \"%s\" cannot be read; check its name and permissions.",
                  photo.file().filter(Files::isDirectory).isPresent() ? "folder" : "file",
                  photo.source())
              .because(unreadable));
    } catch (GroundingException refusal) {
      if (refusal.field().filter("image"::equals).isEmpty()) {
        throw refusal; // the question is wrong, or nothing can be asked
      }
      return refused(photo, id, refusal);
    }
  }

  private static Outcome refused(Photo photo, long id, RuntimeException refusal) {
    return new Outcome(
        photo,
        new PhotoLine(photo.source(), id, Optional.empty(), Optional.of(refusal.getMessage())),
        new byte[0],
        refusal);
  }

  private static ExitStatus statusOf(RuntimeException refusal) {
    return refusal instanceof GroundingException grounding
        ? ExitStatus.of(grounding.reason())
        : ((CommandFailure) refusal).status();
  }

  /** One after the other. */
  private record Chain(Iterator<Photo> first, Iterator<Photo> second) implements Iterator<Photo> {

    @Override
    public boolean hasNext() {
      return first.hasNext() || second.hasNext();
    }

    @Override
    public Photo next() {
      return first.hasNext() ? first.next() : second.next();
    }
  }
}
