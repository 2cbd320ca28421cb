package io.deixis.service.page;

import io.deixis.answers.Palette;
import io.deixis.grounding.Grounder;
import io.deixis.service.problem.ProblemType;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What other documents refer to: the problem types, the palette and the model that answers. */
@Path("/")
@Blocking
public class ReferenceResource {

  private final Grounder grounder;
  private final Template chart;

  ReferenceResource(Grounder grounder, @Location("chart.css") Template chart) {
    this.grounder = grounder;
    this.chart = chart;
  }

  /** Leads to the page of the model that answers. */
  @GET
  @Path("/models")
  @Operation(hidden = true)
  public Response model() {
    String relative =
        UriBuilder.fromPath("models/{name}").build(grounder.model().name()).toString();
    return Response.status(Response.Status.SEE_OTHER)
        .header(HttpHeaders.LOCATION, relative)
        .build();
  }

  /** Lists the problem types; the {@code type} of every problem leads here. */
  @GET
  @Path("/problems")
  @Produces("text/html;charset=UTF-8")
  @Operation(hidden = true)
  public String problems() {
    List<ProblemType> byStatus =
        Arrays.stream(ProblemType.values())
            .sorted(Comparator.comparingInt(ProblemType::status))
            .toList();
    return Templates.problems(byStatus).render();
  }

  /** The colours and lines of charts as style sheet, the same that a report carries in it. */
  @GET
  @Path("/chart.css")
  @Produces("text/css")
  @Operation(hidden = true)
  public String chart() {
    return chart.render();
  }

  /** The palette as style sheet, so that its colours stand in one place. */
  @GET
  @Path("/palette.css")
  @Produces("text/css")
  @Operation(hidden = true)
  public String palette() {
    return Templates.palette(Palette.SWATCHES).render();
  }
}
