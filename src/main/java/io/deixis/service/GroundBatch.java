package io.deixis.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingService;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.RequestDraft;
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
   * Answers every line.
   *
   * @param in one JSON request a line
   * @param context what else came; its deadline is that of each line, counted from when the line is
   *     read
   * @param out takes one {@link BatchLine} a line, each as soon as it is there
   * @throws IOException if the other side has gone
   */
  void run(InputStream in, RequestContext context, OutputStream out) throws IOException {
    Optional<Duration> allowed = context.deadline().map(Deadline::remaining);
    BoundedLines lines = new BoundedLines(new BufferedInputStream(in), mostBytes);
    Deque<CompletableFuture<BatchLine>> inWork = new ArrayDeque<>();
    for (Optional<BoundedLines.Line> next = lines.next(); next.isPresent(); next = lines.next()) {
      BoundedLines.Line line = next.get();
      RequestContext own =
          allowed.map(time -> context.within(Deadline.after(time))).orElse(context);
      inWork.add(CompletableFuture.supplyAsync(() -> answer(line, own), executor));
      if (inWork.size() >= AT_ONCE) {
        write(inWork.remove(), out);
      }
    }
    while (!inWork.isEmpty()) {
      write(inWork.remove(), out);
    }
  }

  private void write(CompletableFuture<BatchLine> line, OutputStream out) throws IOException {
    try {
      out.write(mapper.writeValueAsBytes(line.join()));
      out.write('\n');
      out.flush();
    } catch (CompletionException fault) {
      throw new IOException(fault.getCause());
    }
  }

  private BatchLine answer(BoundedLines.Line line, RequestContext context) {
    try {
      byte[] document =
          line.bytes()
              .orElseThrow(
                  () ->
                      new GroundingException(
                          Reason.MALFORMED_REQUEST,
                          null,
                          "The line has more than %,d bytes".formatted(mostBytes),
                          "send a smaller image"));
      RequestDraft draft = RequestReader.json(document).draft();
      return BatchLine.of(line.number(), service.ground(draft, context));
    } catch (GroundingException refusal) {
      return refused(line, ProblemMapper.problem(refusal));
    } catch (RuntimeException fault) {
      return refused(line, ProblemMapper.fault(fault));
    }
  }

  private BatchLine refused(BoundedLines.Line line, Problem problem) {
    meters.count(problem);
    return BatchLine.of(line.number(), problem);
  }
}
