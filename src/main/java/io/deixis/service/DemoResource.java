package io.deixis.service;

import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Threshold;
import io.deixis.rendering.AnswerDocument;
import io.deixis.rendering.ImageMediaType;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The demo page. A submitted form is answered with the whole page, so it works without JavaScript;
 * the page's script takes the answer out of the same page.
 */
@Path("/")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class DemoResource {

  private final Grounder grounder;
  private final RequestChecker checker;
  private final JsonText json;
  private final PagesConfig pages;
  private final int maxMegabytes;

  DemoResource(
      Grounder grounder,
      RequestChecker checker,
      JsonText json,
      PagesConfig pages,
      GroundingLimits limits) {
    this.grounder = grounder;
    this.checker = checker;
    this.json = json;
    this.pages = pages;
    this.maxMegabytes = limits.imageBytes() >> 20;
  }

  /** Shows the empty form. */
  @GET
  @Operation(hidden = true)
  public Response show() {
    requirePages();
    DemoForm form = DemoForm.initial();
    try {
      return page(200, unanswered(form, grounder.model(), null));
    } catch (GroundingException noModel) {
      return page(200, DemoPage.withoutModel(form, noModel.getMessage(), maxMegabytes));
    }
  }

  /** Answers the submitted form. */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(hidden = true)
  public Response answer(byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) String type) {
    requirePages();
    DemoForm form = DemoForm.read(MultipartForm.read(body, type));
    ModelDescription model;
    try {
      model = grounder.model();
    } catch (GroundingException noModel) {
      return page(
          ProblemType.of(noModel.reason()).status(),
          DemoPage.withoutModel(form, noModel.getMessage(), maxMegabytes));
    }
    try {
      return page(200, answered(form, model));
    } catch (GroundingException refusal) {
      return page(
          ProblemType.of(refusal.reason()).status(), unanswered(form, model, refusal.getMessage()));
    }
  }

  private DemoPage answered(DemoForm form, ModelDescription model) {
    double threshold =
        form.threshold()
            .map(text -> Threshold.parse(text).resolve(model.thresholds()))
            .orElseGet(() -> DemoPage.initialThreshold(model));
    GroundingRequest request = checker.check(form.draft());
    AnswerDocument answer = AnswerDocument.of(grounder.ground(request));
    return new DemoPage(
        form,
        threshold,
        DemoPage.Mark.of(model),
        AnswerView.of(answer, threshold, photo(form), json),
        null,
        maxMegabytes);
  }

  private DemoPage unanswered(DemoForm form, ModelDescription model, String problem) {
    return new DemoPage(
        form,
        DemoPage.initialThreshold(model),
        DemoPage.Mark.of(model),
        null,
        problem,
        maxMegabytes);
  }

  private static String photo(DemoForm form) {
    if (form.upload().isEmpty()) {
      return form.example().map(ExamplePhoto::url).orElse(null);
    }
    if (!form.embedUpload()) {
      return null;
    }
    byte[] upload = form.upload().get();
    return ImageMediaType.of(upload).map(type -> type.dataUri(upload)).orElse(null);
  }

  private void requirePages() {
    if (!pages.enabled()) {
      throw new NotFoundException();
    }
  }

  private static Response page(int status, DemoPage page) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(Templates.demo(page).render())
        .build();
  }
}
