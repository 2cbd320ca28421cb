package io.deixis.service.page;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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

  private final String root;

  RelativeLinks(
      @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String rootPath) {
    this.root = rootPath.replaceAll("/*$", "/");
  }

  @ServerResponseFilter(priority = LAST)
  void relative(HttpServerRequest request, ContainerResponseContext response) {
    if (response.getEntity() instanceof String page
        && response.getMediaType() != null
        && response.getMediaType().isCompatible(MediaType.TEXT_HTML_TYPE)) {
      response.setEntity(of(page, path(request)), new Annotation[0], response.getMediaType());
    }
  }

  /**
   * Returns the path from the root as it is encoded, in which an escaped slash parts nothing. The
   * whole address is not always known: requests of HTTP/1.0 need not name their host.
   */
  private String path(HttpServerRequest request) {
    String path = request.path();
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
