package io.deixis.service.http;

import io.deixis.service.problem.ProblemType;
import io.deixis.service.problem.ProblemWriter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks programs for a key if keys are configured, before a body is read. */
class ApiKeyFilter {

  /** After the filter for CORS (300), whose preflights carry no key; before bodies are admitted. */
  private static final int PRIORITY = 250;

  private static final Pattern GUARDED =
      Pattern.compile("/*(?:v1|functions|label-studio)(?:/.*)?", Pattern.DOTALL);

  private final Optional<List<String>> keys;
  private final ProblemWriter problems;
  private final String root;

  ApiKeyFilter(
      ApiConfig config,
      ProblemWriter problems,
      @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String rootPath) {
    this.keys = config.keys();
    this.root = rootPath;
    this.problems = problems;
  }

  void register(@Observes Filters filters) {
    if (keys.isPresent()) {
      filters.register(this::check, PRIORITY);
    }
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = context.normalizedPath();
    String own = path.startsWith(root) ? path.substring(root.length()) : path;
    if (!GUARDED.matcher(own).matches() || key(request).filter(this::isKnown).isPresent()) {
      context.next();
      return;
    }
    context.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    problems.send(
        context,
        ProblemType.UNAUTHORIZED,
        "The request names no valid key; send \"Authorization: Bearer KEY\" with a key from the"
            + " operator of this server.");
  }

  private static Optional<String> key(HttpServerRequest request) {
    String header = request.getHeader("X-API-Key");
    if (header != null) {
      return Optional.of(header);
    }
    String authorization = request.getHeader(HttpHeaderNames.AUTHORIZATION);
    if (authorization == null) {
      return Optional.empty();
    }
    String[] parts = authorization.strip().split(" +", 2);
    if (parts.length < 2) {
      return Optional.empty();
    }
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "bearer" -> Optional.of(parts[1]);
      case "basic" -> password(parts[1]);
      default -> Optional.empty();
    };
  }

  private static Optional<String> password(String credentials) {
    try {
      String plain = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      return Optional.of(plain.substring(plain.indexOf(':') + 1));
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  /** Compares with every key, in a time that tells nothing of them. */
  private boolean isKnown(String key) {
    byte[] sent = key.getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (String one : keys.orElseThrow()) {
      known |= MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), sent);
    }
    return known;
  }
}
