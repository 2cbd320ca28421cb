package io.deixis.service.demo;

import io.deixis.answers.AnswerDocument;
import io.deixis.answers.ImageMediaType;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.TypeThresholds;
import io.deixis.service.ConfiguredThresholds;
import io.deixis.service.HtmlResponse;
import io.deixis.service.IncomingContext;
import io.deixis.service.JsonText;
import io.deixis.service.MultipartForm;
import io.deixis.service.Page;
import io.deixis.service.ProblemType;
import io.deixis.service.ThresholdCookie;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The demo page. It opens with an example that is already answered, and a submitted form is
 * answered with the whole page, so it works without JavaScript; the page's script takes the answer
 * out of the same page.
 */
@Path("/")
@Page
@Blocking
@Produces(MediaType.TEXT_HTML)
public class DemoResource {

  private final Grounder grounder;
  private final DemoAnswers answers;
  private final ConfiguredThresholds configured;
  private final JsonText json;
  private final IncomingContext incoming;
  private final int maxBytes;

  DemoResource(
      Grounder grounder,
      DemoAnswers answers,
      ConfiguredThresholds configured,
      JsonText json,
      IncomingContext incoming,
      GroundingLimits limits) {
    this.grounder = grounder;
    this.answers = answers;
    this.configured = configured;
    this.json = json;
    this.incoming = incoming;
    this.maxBytes = limits.imageBytes();
  }

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance demo(DemoPage page);
  }

  /**
   * Shows an example with its answer.
   *
   * @param example its id; the first one if there is none of this id
   */
  @GET
  @Operation(hidden = true)
  public Response show(
      @QueryParam("example") String example, @CookieParam(ThresholdCookie.NAME) String own) {
    ExamplePhoto photo = ExamplePhoto.of(example).orElse(ExamplePhoto.values()[0]);
    Response page =
        page(DemoForm.of(photo), own, (form, model) -> answers.toCaptionOf(photo, model));
    // The page itself is there, whatever the model does.
    return Response.fromResponse(page).status(Response.Status.OK).build();
  }

  /** Answers the submitted form. */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(hidden = true)
  public Response answer(
      byte[] body, @Context HttpHeaders headers, @CookieParam(ThresholdCookie.NAME) String own) {
    String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    DemoForm form = DemoForm.read(MultipartForm.read(body, type));
    RequestContext context = incoming.read(headers::getHeaderString);
    return page(form, own, (question, model) -> answers.to(question, context));
  }

  private Response page(
      DemoForm form, String cookie, BiFunction<DemoForm, ModelDescription, AnswerDocument> ask) {
    ModelDescription model;
    try {
      model = grounder.model();
    } catch (GroundingException noModel) {
      return refusal(noModel, form, DemoPage.MIDDLE, List.of());
    }
    Optional<TypeThresholds> own = ThresholdCookie.read(cookie);
    TypeThresholds usual = own.orElseGet(() -> configured.of(model));
    List<DemoPage.Mark> marks = DemoPage.Mark.of(model, own);
    try {
      DemoThresholds thresholds = DemoThresholds.of(form, usual, model);
      AnswerDocument answer = ask.apply(form, model).noting(thresholds.types());
      AnswerView view = AnswerView.of(answer, thresholds.all(), photo(form), json);
      DemoPage page = new DemoPage(form, thresholds.all(), marks, view, null, false, maxBytes);
      return HtmlResponse.of(200, Templates.demo(page));
    } catch (GroundingException refusal) {
      return refusal(refusal, form, usual.all(), marks);
    }
  }

  private Response refusal(
      GroundingException refusal, DemoForm form, double threshold, List<DemoPage.Mark> marks) {
    ProblemType type = ProblemType.of(refusal.reason());
    DemoPage page =
        new DemoPage(form, threshold, marks, null, refusal.getMessage(), type.mayPass(), maxBytes);
    return HtmlResponse.of(type.status(), Templates.demo(page));
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
}
