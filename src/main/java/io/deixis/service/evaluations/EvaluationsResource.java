package io.deixis.service.evaluations;

import io.deixis.answers.ImageMediaType;
import io.deixis.dataset.DatasetException;
import io.deixis.evaluation.answers.AnswersIndex;
import io.deixis.service.page.HtmlResponse;
import io.deixis.service.page.Page;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/** The pages of evaluations: their list, and each one image by image. */
@Path("/evaluations")
@Page
@Blocking
public class EvaluationsResource {

  /** How long a browser may keep a photo without asking again. */
  private static final int PHOTO_SECONDS = 300;

  private static final Logger LOG = Logger.getLogger(EvaluationsResource.class);

  private final EvaluationRuns runs;

  EvaluationsResource(EvaluationRuns runs) {
    this.runs = runs;
  }

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance evaluations(boolean configured, List<EvaluationRun> runs);

    static native TemplateInstance evaluation(ViewerPage page);
  }

  /** Lists the evaluations. */
  @GET
  @Operation(hidden = true)
  public Response list() {
    return HtmlResponse.of(200, Templates.evaluations(runs.configured(), runs.list()));
  }

  /** Shows the first image that passes the filter. */
  @GET
  @Path("/{run}")
  @Operation(hidden = true)
  public Response first(@PathParam("run") String name, @Context UriInfo uri) {
    return page(name, null, uri);
  }

  /** Shows an image. */
  @GET
  @Path("/{run}/{image}")
  @Operation(hidden = true)
  public Response image(
      @PathParam("run") String name, @PathParam("image") String image, @Context UriInfo uri) {
    return page(name, image, uri);
  }

  /** Sends an image's photo, if the report has it. */
  @GET
  @Path("/{run}/{image}/photo")
  @Operation(hidden = true)
  public Response photo(@PathParam("run") String name, @PathParam("image") String image) {
    AnswersIndex.Entry entry = answers(name).find(image).orElseThrow(NotFoundException::new);
    byte[] photo = runs.photo(name, entry).orElseThrow(NotFoundException::new);
    ImageMediaType type = ImageMediaType.of(photo).orElseThrow(NotFoundException::new);
    CacheControl cache = new CacheControl();
    cache.setPrivate(true);
    cache.setMaxAge(PHOTO_SECONDS);
    return Response.ok(photo, type.mediaType()).cacheControl(cache).build();
  }

  private Response page(String name, String image, UriInfo uri) {
    EvaluationRun run = runs.find(name).orElseThrow(NotFoundException::new);
    AnswersIndex index = answers(name);
    AnswersIndex.Entry entry =
        image == null ? null : index.find(image).orElseThrow(NotFoundException::new);
    return HtmlResponse.of(
        200,
        Templates.evaluation(
            ViewerPage.of(
                run,
                index,
                CaseFilter.read(uri.getQueryParameters()),
                entry,
                number(uri.getQueryParameters().getFirst("phrase")),
                shown -> photoAddress(name, shown))));
  }

  private String photoAddress(String name, String image) {
    return runs.hasPhoto(name, image)
        ? UriBuilder.fromPath("/evaluations/{run}/{image}/photo").build(name, image).toString()
        : null;
  }

  private AnswersIndex answers(String name) {
    try {
      return runs.answers(name).orElseThrow(NotFoundException::new);
    } catch (DatasetException unreadable) {
      LOG.warn(unreadable.getMessage());
      throw new NotFoundException(unreadable);
    }
  }

  private static int number(String text) {
    try {
      return text == null ? -1 : Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      return -1;
    }
  }
}
