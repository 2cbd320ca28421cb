package io.deixis.service.demo;

import io.deixis.answers.ImageMediaType;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.TypeThresholds;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.service.http.ApiConfig;
import io.deixis.service.http.IncomingContext;
import io.deixis.service.http.MultipartForm;
import io.deixis.service.page.HtmlResponse;
import io.deixis.service.page.JsonText;
import io.deixis.service.page.Page;
import io.deixis.service.page.ThresholdCookie;
import io.deixis.service.problem.ProblemType;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
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
  private final GroundingService service;
  private final JsonText json;
  private final IncomingContext incoming;
  private final int maxBytes;
  private final boolean keyNeeded;

  DemoResource(
      Grounder grounder,
      DemoAnswers answers,
      GroundingService service,
      JsonText json,
      IncomingContext incoming,
      GroundingLimits limits,
      ApiConfig api) {
    this.grounder = grounder;
    this.answers = answers;
    this.service = service;
    this.json = json;
    this.incoming = incoming;
    this.maxBytes = limits.imageBytes();
    this.keyNeeded = api.keys().isPresent();
  }

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance demo(DemoPage page);
  }

  /**
   * Answers what the address asks: a query of an example, or, if there is none, the example's own
   * caption; without an example that there is, of the first one.
   */
  @GET
  @Operation(hidden = true)
  public Response show(@Context UriInfo uri, @Context HttpHeaders headers) {
    DemoForm asked = DemoForm.read(uri.getQueryParameters());
    if (asked.kept()) {
      return page(
          asked, headers, (form, model) -> null); // the browser's script asks with the photo
    }
    ExamplePhoto photo = asked.example().orElse(ExamplePhoto.values()[0]);
    if (asked.words().text().isEmpty()) {
      Response page =
          page(
              DemoForm.of(photo, asked.model()),
              headers,
              (form, model) -> answers.toCaptionOf(photo, model));
      // The page itself is there, whatever the model does.
      return Response.fromResponse(page).status(Response.Status.OK).build();
    }
    RequestContext context = incoming.read(headers::getHeaderString);
    return page(asked.about(photo), headers, (question, model) -> answers.to(question, context));
  }

  /**
   * Answers the submitted form. Where no photo came with it, the answer is at an address of its
   * own, so that it can be gone back to.
   */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(hidden = true)
  public Response answer(byte[] body, @Context HttpHeaders headers) {
    String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    MultipartForm fields = MultipartForm.read(body, type);
    DemoForm form = DemoForm.read(fields);
    if (form.upload().isEmpty() && form.example().isPresent() && !form.words().text().isEmpty()) {
      Optional<Words.Reading> as = fields.text("as").map(chosen -> form.words().reading());
      return Response.status(Response.Status.SEE_OTHER)
          .header(HttpHeaders.LOCATION, form.address(as).toString().substring(1)) // relative
          .build();
    }
    RequestContext context = incoming.read(headers::getHeaderString);
    return page(form, headers, (question, model) -> answers.to(question, context));
  }

  private Response page(
      DemoForm form,
      HttpHeaders headers,
      BiFunction<DemoForm, ModelDescription, GroundingAnswer> ask) {
    ModelDescription model;
    List<String> models;
    try {
      model = grounder.model(form.model());
      models = grounder.models().stream().map(ModelDescription::name).toList();
    } catch (GroundingException noModel) {
      return refusal(noModel, form, List.of(), DemoPage.MIDDLE, List.of());
    }
    Optional<TypeThresholds> own = ThresholdCookie.read(headers, model.name());
    TypeThresholds usual = own.orElseGet(() -> service.thresholds(model));
    List<DemoPage.Mark> marks = DemoPage.Mark.of(model, own);
    try {
      TypeThresholds thresholds = form.thresholds(usual, model);
      GroundingAnswer answer = ask.apply(form, model);
      AnswerView view =
          answer == null
              ? null
              : AnswerView.of(
                  answer.noting(thresholds), thresholds, photo(form), model.licence(), json);
      DemoPage page =
          new DemoPage(
              form,
              models,
              thresholds.all(),
              usual.all(),
              marks,
              view,
              null,
              false,
              maxBytes,
              keyNeeded);
      return HtmlResponse.of(200, Templates.demo(page));
    } catch (GroundingException refusal) {
      return refusal(refusal, form, models, usual.all(), marks);
    }
  }

  private Response refusal(
      GroundingException refusal,
      DemoForm form,
      List<String> models,
      double threshold,
      List<DemoPage.Mark> marks) {
    ProblemType type = ProblemType.of(refusal.reason());
    DemoPage page =
        new DemoPage(
            form,
            models,
            threshold,
            threshold,
            marks,
            null,
            refusal.getMessage(),
            type.mayPass(),
            maxBytes,
            keyNeeded);
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
