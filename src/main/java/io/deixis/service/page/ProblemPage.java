package io.deixis.service.page;

import io.deixis.service.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Shows a problem as a page to clients that accept a page and no problem details: a browser whose
 * user mistyped an address. Addresses for programs always answer with problem details.
 */
class ProblemPage {

  private static final Pattern FOR_PROGRAMS = Pattern.compile("/(?:v1|v2|functions|q)(?:/.*)?");

  private final PagesConfig pages;

  ProblemPage(PagesConfig pages) {
    this.pages = pages;
  }

  @ServerResponseFilter
  void render(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem
        && pages.enabled()
        && !FOR_PROGRAMS.matcher(request.getUriInfo().getPath()).matches()
        && asksForPage(request)) {
      response.setEntity(
          Templates.problem(problem).render(),
          new Annotation[0],
          MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
    }
  }

  private static boolean asksForPage(ContainerRequestContext request) {
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    return accept != null
        && accept.contains(MediaType.TEXT_HTML)
        && !accept.contains(Problem.MEDIA_TYPE);
  }
}
