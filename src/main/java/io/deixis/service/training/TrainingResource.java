package io.deixis.service.training;

import io.deixis.service.page.HtmlResponse;
import io.deixis.service.page.Page;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page of trainings, and what changes on it as server-sent events. */
@Path("/training")
@Page
@Blocking
public class TrainingResource {

  /** How often files are asked whether they have grown. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final TrainingRuns runs;

  TrainingResource(TrainingRuns runs) {
    this.runs = runs;
  }

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance training(TrainingPage page);

    static native TemplateInstance trainingState(RunState state);
  }

  /** Shows a training, and several beside each other. */
  @GET
  @Operation(hidden = true)
  public Response show(@QueryParam("run") String run, @QueryParam("compare") List<String> compare) {
    return HtmlResponse.of(
        200, Templates.training(TrainingPage.of(runs.configured(), runs.list(), run, compare)));
  }

  /**
   * Sends how a training stands as often as that changes: the piece of the page that shows it. The
   * event's id is the state's version, so that a browser that comes back is sent nothing that it
   * has.
   *
   * @param last the version that the browser has, which it sends when it reconnects
   * @param since the version that its page was made of
   */
  @GET
  @Path("/{run}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(hidden = true)
  public Multi<OutboundSseEvent> events(
      @PathParam("run") String name,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String last,
      @QueryParam("since") String since,
      @Context Sse sse) {
    RunFollower follower = runs.find(name).orElseThrow(NotFoundException::new).follower();
    AtomicReference<String> sent = new AtomicReference<>(last == null ? since : last);
    return Multi.createFrom()
        .ticks()
        .every(PAUSE)
        .onOverflow()
        .drop()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(tick -> follower.state())
        .filter(state -> !state.version().equals(sent.getAndSet(state.version())))
        .map(state -> event(state, sse));
  }

  private static OutboundSseEvent event(RunState state, Sse sse) {
    return sse.newEventBuilder()
        .id(state.version())
        .mediaType(MediaType.TEXT_HTML_TYPE)
        .data(String.class, Templates.trainingState(state).render())
        .build();
  }
}
