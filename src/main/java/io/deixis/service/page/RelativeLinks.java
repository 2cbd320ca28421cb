package io.deixis.service.page;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.Annotation;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Makes the links of pages relative to the page, so that they hold under whatever prefix a proxy,
 * or {@code quarkus.http.root-path}, puts before them. Templates write them from the root.
 */
class RelativeLinks {

  /** Text cannot hold this: templates escape its quotes. */
  private static final Pattern FROM_ROOT =
      Pattern.compile("(\\s(?:href|src|action|data-events|data-example)=\")/(?!/)");

  /** After every filter that may put a page into the answer. */
  private static final int LAST = 0;

  @ServerResponseFilter(priority = LAST)
  void relative(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof String page
        && response.getMediaType() != null
        && response.getMediaType().isCompatible(MediaType.TEXT_HTML_TYPE)) {
      response.setEntity(
          of(page, path(request.getUriInfo())), new Annotation[0], response.getMediaType());
    }
  }

  /** Returns the path from the root as it is encoded, in which an escaped slash parts nothing. */
  private static String path(UriInfo uri) {
    String path = uri.getRequestUri().getRawPath();
    String root = uri.getBaseUri().getRawPath();
    return path.startsWith(root) ? "/" + path.substring(root.length()) : path;
  }

  /**
   * Returns a page whose links lead to the same addresses from {@code path}.
   *
   * @param path of the page, from the root
   */
  static String of(String page, String path) {
    long depth = path.chars().skip(1).filter(c -> c == '/').count();
    String root = depth == 0 ? "./" : "../".repeat((int) depth);
    return FROM_ROOT.matcher(page).replaceAll("$1" + root);
  }
}
