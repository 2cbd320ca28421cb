package io.deixis.service.models;

import io.deixis.grounding.Grounder;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import io.deixis.service.page.HtmlResponse;
import io.deixis.service.page.Page;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page of a model: its card and how it was judged. */
@Path("/models/{name}")
@Page
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ModelPageResource {

  private final Grounder grounder;

  ModelPageResource(Grounder grounder) {
    this.grounder = grounder;
  }

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance model(ModelPage page);
  }

  /** Shows a model. */
  @GET
  @Operation(hidden = true)
  public Response show(@PathParam("name") String name) {
    ModelProfile profile = grounder.profile(Optional.of(name));
    List<String> others =
        grounder.models().stream()
            .map(ModelDescription::name)
            .filter(n -> !n.equals(name))
            .toList();
    return HtmlResponse.of(200, Templates.model(ModelPage.of(profile, others)));
  }
}
