package io.deixis.service.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.deixis.grounding.Cancellation;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a front says, does and leaves undone when its workers fail. */
@QuarkusTest
class WorkerFaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofHours(1);

  private static final String BUSY =
      """
      {"type": "/problems#busy", "title": "", "status": 429, "detail": "Full; try again."}
      """;

  @Inject Vertx vertx;
  @Inject ObjectMapper mapper;

  @Test
  void connectionIsKeptAndTheImageArrivesWhole() throws IOException {
    try (ScriptedWorker worker = new ScriptedWorker(ScriptedWorker.WELL)) {
      RemoteGrounder front = front(Settings.of(worker.url()));
      for (int i = 0; i < 5; i++) {
        assertThat(front.ground(request(300_000)).phrases().get(0).found()).isTrue();
      }
      // One more at most: an answer may be here before its connection is back in the pool.
      assertThat(worker.connections()).isLessThanOrEqualTo(2);
      assertThat(worker.bodies()).hasSize(5).allMatch(length -> length > 300_000);
    }
  }

  @Test
  void contextGoesWithTheRequest() throws IOException {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    RequestContext context =
        new RequestContext(
            Optional.of(Deadline.after(Duration.ofSeconds(7))),
            Optional.of("request-1"),
            Optional.of(parent),
            Optional.of("vendor=1"),
            Cancellation.NEVER);
    try (ScriptedWorker worker = new ScriptedWorker(ScriptedWorker.WELL)) {
      front(Settings.of(worker.url())).ground(request(10).in(context));
      assertThat(worker.heads().get(0))
          .containsEntry("x-request-id", "request-1")
          .containsEntry("traceparent", parent)
          .containsEntry("tracestate", "vendor=1");
      assertThat(Double.parseDouble(worker.heads().get(0).get("x-request-timeout")))
          .isGreaterThan(0)
          .isLessThanOrEqualTo(7);
    }
  }

  @Test
  void keyGoesWithEveryRequest() throws IOException {
    try (ScriptedWorker worker = new ScriptedWorker(ScriptedWorker.WELL)) {
      front(Settings.of(worker.url()).key("secret")).ground(request(10));
      front(Settings.of(worker.url())).ground(request(10));
      assertThat(worker.heads().get(0)).containsEntry("authorization", "Bearer secret");
      assertThat(worker.heads().get(1)).doesNotContainKey("authorization");
    }
  }

  @Test
  void ownLimitIsTheDeadlineOfThoseWhoNameNone() throws IOException {
    try (ScriptedWorker worker = new ScriptedWorker(ScriptedWorker.WELL)) {
      front(Settings.of(worker.url()).timeout(Duration.ofSeconds(9))).ground(request(10));
      assertThat(Double.parseDouble(worker.heads().get(0).get("x-request-timeout")))
          .isGreaterThan(0)
          .isLessThanOrEqualTo(9);
    }
  }

  @Test
  void imageIsNotCopied() throws IOException {
    int size = 16_000_000;
    try (ScriptedWorker worker = new ScriptedWorker(ScriptedWorker.WELL)) {
      RemoteGrounder front = front(Settings.of(worker.url()));
      GroundingRequest request = request(size);
      front.ground(request);
      long before = allocatedBytes();
      front.ground(request);
      assertThat(allocatedBytes() - before).isLessThan(size / 2);
    }
  }

  @Test
  void workerKilledAtWorkIsNotAskedAgain() throws IOException {
    try (ScriptedWorker killed = new ScriptedWorker(ScriptedWorker.KILLED_AT_WORK);
        ScriptedWorker well = new ScriptedWorker(ScriptedWorker.WELL)) {
      assertThat(refusal(front(Settings.of(killed.url(), well.url()))).reason())
          .isEqualTo(Reason.WORKER_UNAVAILABLE);
      assertThat(killed.bodies()).hasSize(1);
      assertThat(well.heads()).isEmpty();
    }
  }

  @Test
  void workerGoneBeforeTheBodyIsReplaced() throws IOException {
    try (ScriptedWorker gone = new ScriptedWorker(ScriptedWorker.GONE);
        ScriptedWorker well = new ScriptedWorker(ScriptedWorker.WELL)) {
      ground(front(Settings.of(gone.url(), well.url())));
      assertThat(gone.heads()).hasSize(1);
      assertThat(well.bodies()).hasSize(1);
    }
  }

  @Test
  void workerRestartedIsFoundAgain() throws IOException {
    ScriptedWorker first = new ScriptedWorker(ScriptedWorker.WELL);
    RemoteGrounder front = front(Settings.of(first.url()));
    ground(front);
    first.close();
    assertThat(refusal(front).reason()).isEqualTo(Reason.WORKER_UNAVAILABLE);
    try (ScriptedWorker second = new ScriptedWorker(ScriptedWorker.WELL, first.port())) {
      ground(front);
      assertThat(second.bodies()).hasSize(1);
    }
  }

  @Test
  void slowWorkerExceedsTheDeadline() throws IOException {
    try (ScriptedWorker worker = new ScriptedWorker(ScriptedWorker.SILENT)) {
      RemoteGrounder front = front(Settings.of(worker.url()).timeout(Duration.ofMillis(300)));
      assertThat(refusal(front).reason()).isEqualTo(Reason.DEADLINE_EXCEEDED);
      worker.plays(ScriptedWorker.WELL);
      assertThat(answeredWithin(front, PATIENCE)).isTrue();
    }
  }

  @Test
  void callersInAHurryDoNotOpenTheCircuit() throws IOException {
    try (ScriptedWorker worker = new ScriptedWorker(ScriptedWorker.SILENT)) {
      RemoteGrounder front = front(Settings.of(worker.url()));
      for (int i = 0; i < 6; i++) {
        RequestContext hurried = RequestContext.NONE.within(Deadline.after(Duration.ofMillis(50)));
        GroundingException late =
            catchThrowableOfType(
                GroundingException.class, () -> front.ground(request(10).in(hurried)));
        assertThat(late.reason()).isEqualTo(Reason.DEADLINE_EXCEEDED);
      }
      worker.plays(ScriptedWorker.WELL);
      ground(front);
    }
  }

  @Test
  void fullWorkerIsToldOfWithItsWait() throws IOException {
    try (ScriptedWorker full =
        new ScriptedWorker(ScriptedWorker.refusing(429, BUSY, "Retry-After: 17"))) {
      GroundingException refusal = refusal(front(Settings.of(full.url())));
      assertThat(refusal.reason()).isEqualTo(Reason.BUSY);
      assertThat(refusal).hasMessage("Full; try again.");
      assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(17));
      assertThat(full.heads()).hasSize(1);
      assertThat(full.bodies()).isEmpty();
    }
  }

  @Test
  void fullWorkerIsReplacedWhileTheBodyIsHere() throws IOException {
    try (ScriptedWorker full = new ScriptedWorker(ScriptedWorker.refusing(429, BUSY));
        ScriptedWorker well = new ScriptedWorker(ScriptedWorker.WELL)) {
      ground(front(Settings.of(full.url(), well.url())));
      assertThat(well.bodies()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void gatewayThatFailsIsAWorkerThatIsNotThere(int status) throws IOException {
    try (ScriptedWorker worker =
        new ScriptedWorker(
            exchange -> {
              exchange.acceptBody();
              exchange.answer(status, "text/html", "<h1>no</h1>", "Retry-After: 3");
            })) {
      GroundingException refusal = refusal(front(Settings.of(worker.url())));
      assertThat(refusal.reason()).isEqualTo(Reason.WORKER_UNAVAILABLE);
      assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(3));
    }
  }

  @Test
  void anOpenCircuitLeavesTheWorkerAlone() throws IOException {
    try (ScriptedWorker worker = new ScriptedWorker(ScriptedWorker.KILLED_AT_WORK)) {
      RemoteGrounder front = front(Settings.of(worker.url()).pause(LONG));
      for (int i = 0; i < 4; i++) {
        refusal(front);
      }
      int asked = worker.heads().size();
      assertThat(refusal(front).reason()).isEqualTo(Reason.WORKER_UNAVAILABLE);
      assertThat(worker.heads()).hasSize(asked);
    }
  }

  @Test
  void aCircuitClosesAgainAfterItsPause() throws IOException {
    try (ScriptedWorker worker = new ScriptedWorker(ScriptedWorker.KILLED_AT_WORK)) {
      RemoteGrounder front = front(Settings.of(worker.url()).pause(Duration.ofMillis(50)));
      for (int i = 0; i < 4; i++) {
        refusal(front);
      }
      worker.plays(ScriptedWorker.WELL);
      assertThat(answeredWithin(front, PATIENCE)).isTrue();
    }
  }

  @Test
  void workerLeftAloneIsNotAskedFirst() throws IOException {
    try (ScriptedWorker failing = new ScriptedWorker(ScriptedWorker.GONE);
        ScriptedWorker well = new ScriptedWorker(ScriptedWorker.WELL)) {
      RemoteGrounder front = front(Settings.of(failing.url(), well.url()).pause(LONG));
      for (int i = 0; i < 20; i++) {
        ground(front);
      }
      assertThat(failing.heads()).hasSize(4);
      assertThat(well.bodies()).hasSize(20);
    }
  }

  @Test
  void workersTakeTurns() throws IOException {
    try (ScriptedWorker one = new ScriptedWorker(ScriptedWorker.WELL);
        ScriptedWorker other = new ScriptedWorker(ScriptedWorker.WELL)) {
      RemoteGrounder front = front(Settings.of(one.url(), other.url()));
      for (int i = 0; i < 10; i++) {
        ground(front);
      }
      assertThat(one.bodies()).hasSize(5);
      assertThat(other.bodies()).hasSize(5);
    }
  }

  @Test
  void bodyGoesWithoutLeaveIfNoneComes() throws IOException {
    ScriptedWorker.Script oldFashioned =
        exchange -> {
          exchange.awaitBody();
          exchange.answer(200, "application/json", ScriptedWorker.ANSWER);
        };
    try (ScriptedWorker worker = new ScriptedWorker(oldFashioned)) {
      ground(front(Settings.of(worker.url()).continueTimeout(Duration.ofMillis(100))));
      ground(front(Settings.of(worker.url()).continueTimeout(Duration.ZERO)));
      assertThat(worker.heads().get(0)).containsKey("expect");
      assertThat(worker.heads().get(1)).doesNotContainKey("expect");
    }
  }

  private RemoteGrounder front(Settings settings) {
    return new RemoteGrounder(settings, vertx, mapper);
  }

  private static void ground(RemoteGrounder front) {
    GroundingAnswer answer = front.ground(request(1_000));
    assertThat(answer.model().name()).isEqualTo("scripted");
  }

  private static GroundingException refusal(RemoteGrounder front) {
    GroundingException refusal =
        catchThrowableOfType(GroundingException.class, () -> front.ground(request(1_000)));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  private static boolean answeredWithin(RemoteGrounder front, Duration limit) {
    Deadline deadline = Deadline.after(limit);
    while (!deadline.expired()) {
      try {
        ground(front);
        return true;
      } catch (GroundingException notYet) {
        Thread.onSpinWait();
      }
    }
    return false;
  }

  private static GroundingRequest request(int imageBytes) {
    return new GroundingRequest(
        new byte[imageBytes], new Query.Phrases(List.of("a cat")), GroundingOptions.DEFAULTS);
  }

  /** Of all threads that live, since the connection's are others than the caller's. */
  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }
}
