package io.deixis.service.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.service.admission.Place;
import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemMapper;
import io.deixis.service.problem.ProblemMeters;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers requests line by line, in their order, while more of them come. */
@ApplicationScoped
class GroundBatch {

  /** Lines in work at the same time: while one is matched, the next is decoded. */
  private static final int AT_ONCE = 2;

  private final GroundingService service;
  private final ObjectMapper mapper;
  private final ExecutorService executor;
  private final ProblemMeters meters;
  private final int mostBytes;

  GroundBatch(
      GroundingService service,
      ObjectMapper mapper,
      ExecutorService executor,
      ProblemMeters meters,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes) {
    this.service = service;
    this.mapper = mapper;
    this.executor = executor;
    this.meters = meters;
    this.mostBytes = Math.toIntExact(mostBytes.asLongValue());
  }

  /**
   * Answers every line. Where the rest of the body cannot be taken, a last line says so.
   *
   * @param in one JSON request a line
   * @param context what else came; its deadline is that of each line, counted from when the line is
   *     read
   * @param place that the batch has in the service
   * @param out takes one {@link BatchLine} a line, each as soon as it is there
   * @throws IOException if the other side has gone
   */
  void run(InputStream in, RequestContext context, Place place, OutputStream out)
      throws IOException {
    Optional<Duration> allowed = context.deadline().map(Deadline::remaining);
    BoundedLines lines = new BoundedLines(new BufferedInputStream(in), mostBytes);
    Deque<InWork> inWork = new ArrayDeque<>();
    Optional<GroundingException> incomplete = Optional.empty();
    try {
      place.receiving();
      for (Optional<BoundedLines.Line> next = lines.next(); next.isPresent(); next = lines.next()) {
        place.working();
        BoundedLines.Line line = next.get();
        RequestContext own =
            allowed.map(time -> context.within(Deadline.after(time))).orElse(context);
        inWork.add(
            new InWork(
                CompletableFuture.supplyAsync(() -> answer(line, own), executor), line.length()));
        if (inWork.size() >= AT_ONCE) {
          write(inWork.remove(), place, out);
        }
        place.receiving();
      }
    } catch (BoundedLines.EndlessLineException endless) {
      incomplete = Optional.of(tooLong("The batch ends at a line"));
    } catch (GroundingException full) {
      incomplete =
          Optional.of(
              new GroundingException(
                  full.reason(),
                  null,
                  "There is no room for the rest of the batch",
                  "send it again later, from this line on"));
    }
    place.working();
    while (!inWork.isEmpty()) {
      write(inWork.remove(), place, out);
    }
    if (incomplete.isPresent()) {
      write(refused(lines.number(), ProblemMapper.problem(incomplete.get())), place, out);
    }
  }

  /** A line that is being answered, and its bytes. */
  private record InWork(CompletableFuture<BatchLine> answer, int bytes) {}

  private void write(InWork line, Place place, OutputStream out) throws IOException {
    try {
      write(line.answer().join(), place, out);
      place.free(line.bytes());
    } catch (CompletionException fault) {
      throw new IOException(fault.getCause());
    }
  }

  private void write(BatchLine line, Place place, OutputStream out) throws IOException {
    place.sending();
    out.write(mapper.writeValueAsBytes(line));
    out.write('\n');
    out.flush();
    place.working();
  }

  private GroundingException tooLong(String what) {
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        null,
        "%s of more than %,d bytes".formatted(what, mostBytes),
        "send a smaller image");
  }

  private BatchLine answer(BoundedLines.Line line, RequestContext context) {
    try {
      byte[] document = line.bytes().orElseThrow(() -> tooLong("This is a line"));
      return BatchLine.of(
          line.number(), service.ground(RequestReader.json(document).draft(), context));
    } catch (GroundingException refusal) {
      return refused(line.number(), ProblemMapper.problem(refusal));
    } catch (RuntimeException fault) {
      return refused(line.number(), ProblemMapper.fault(fault));
    }
  }

  private BatchLine refused(int line, Problem problem) {
    meters.count(problem);
    return BatchLine.of(line, problem);
  }
}
