package io.deixis.service.settings;

import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.TypeThresholds;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.service.page.HtmlResponse;
import io.deixis.service.page.Page;
import io.deixis.service.page.SameOrigin;
import io.deixis.service.page.ThresholdCookie;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page on which a person sets thresholds, which a cookie keeps. */
@Path("/settings")
@Page
@Blocking
@Produces(MediaType.TEXT_HTML)
public class SettingsResource {

  private static final int A_YEAR = 365 * 24 * 60 * 60;

  private final Grounder grounder;
  private final GroundingService service;

  SettingsResource(Grounder grounder, GroundingService service) {
    this.grounder = grounder;
    this.service = service;
  }

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance settings(SettingsPage page);
  }

  /** Shows the thresholds that hold. */
  @GET
  @Operation(hidden = true)
  public Response show(
      @QueryParam("model") String model,
      @QueryParam("changed") @DefaultValue("false") boolean changed,
      @Context HttpHeaders headers) {
    ModelProfile profile;
    try {
      profile = grounder.profile(named(model));
    } catch (GroundingException noModel) {
      int status = noModel.reason() == Reason.MODEL_UNKNOWN ? 404 : 200;
      return page(status, SettingsPage.withoutModel(noModel.getMessage()));
    }
    return page(200, page(profile, headers, changed, null));
  }

  /** Keeps or forgets this browser's thresholds. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response save(
      byte[] body,
      @QueryParam("model") String model,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    SameOrigin.check(headers);
    ModelProfile profile;
    try {
      profile = grounder.profile(named(model));
    } catch (GroundingException noModel) {
      int status = noModel.reason() == Reason.MODEL_UNKNOWN ? 404 : 503;
      return page(status, SettingsPage.withoutModel(noModel.getMessage()));
    }
    SettingsForm form;
    try {
      TypeThresholds usual = service.thresholds(profile.model());
      form =
          SettingsForm.read(fields(body), SettingsPage.typesOf(profile, usual), usual.unsureFrom());
    } catch (GroundingException invalid) {
      return page(400, page(profile, headers, false, invalid.getMessage()));
    }
    String name = ThresholdCookie.name(profile.model().name());
    return Response.status(Response.Status.SEE_OTHER)
        .header(
            HttpHeaders.LOCATION, // relative, whatever stands before it
            "settings?changed=true"
                + named(model)
                    .map(asked -> "&model=" + URLEncoder.encode(asked, StandardCharsets.UTF_8))
                    .orElse(""))
        .cookie(
            form.reset()
                ? cookie(name, "", 0, uri)
                : cookie(name, ThresholdCookie.write(form.thresholds()), A_YEAR, uri))
        .build();
  }

  private static Map<String, List<String>> fields(byte[] body) {
    try {
      boolean withPath = false;
      return new QueryStringDecoder(new String(body, StandardCharsets.UTF_8), withPath)
          .parameters();
    } catch (IllegalArgumentException brokenEscape) {
      throw new GroundingException(
          Reason.MALFORMED_REQUEST,
          null,
          "The form cannot be read",
          "nothing was saved",
          brokenEscape);
    }
  }

  private static Optional<String> named(String model) {
    return Optional.ofNullable(model).filter(name -> !name.isBlank());
  }

  private SettingsPage page(
      ModelProfile profile, HttpHeaders headers, boolean changed, String problem) {
    Optional<TypeThresholds> own = ThresholdCookie.read(headers, profile.model().name());
    return SettingsPage.of(
        profile,
        grounder.models().stream().map(ModelDescription::name).toList(),
        own.orElseGet(() -> service.thresholds(profile.model())),
        own.isPresent(),
        changed,
        problem);
  }

  /** Sent along when somebody follows a link to the demo, but with no request of another site. */
  private static NewCookie cookie(String name, String value, int seconds, UriInfo uri) {
    return new NewCookie.Builder(name)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .secure("https".equals(uri.getRequestUri().getScheme()))
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }

  private static Response page(int status, SettingsPage page) {
    return HtmlResponse.of(status, Templates.settings(page));
  }
}
