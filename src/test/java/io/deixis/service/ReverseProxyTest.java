package io.deixis.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A proxy cuts a prefix off that the service does not know of: whoever follows links stays behind
 * it.
 */
@QuarkusTest
@TestProfile(StudyProfile.class)
@Timeout(120)
class ReverseProxyTest {

  private static final String PREFIX = "/tools/deixis/";
  private static final Pattern LINK =
      Pattern.compile("\\s(?:href|src|action|poster|data-href)=\"([^\"#][^\"]*)\"");
  private static final Pattern STYLE_LINK = Pattern.compile("url\\([\"']?([^\"')]+)");

  @TestHTTPResource URI server;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpServer proxy;

  @BeforeEach
  void start() throws IOException {
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.setExecutor(Executors.newCachedThreadPool());
    proxy.createContext(PREFIX, this::forward);
    proxy.start();
  }

  @AfterEach
  void stop() {
    proxy.stop(0);
  }

  @Test
  void everyLinkOfEveryPageLeadsSomewhere() throws Exception {
    Set<URI> seen = new LinkedHashSet<>();
    Deque<URI> left = new ArrayDeque<>(Set.of(address("")));
    while (!left.isEmpty()) {
      URI page = left.remove();
      HttpResponse<String> answer = send(HttpRequest.newBuilder(page).GET());
      assertThat(answer.statusCode()).as("%s", page).isIn(200, 303, 307);
      String type = answer.headers().firstValue("Content-Type").orElse("");
      Pattern links =
          type.startsWith("text/html") ? LINK : type.startsWith("text/css") ? STYLE_LINK : null;
      Matcher link = links == null ? null : links.matcher(answer.body());
      while (link != null && link.find()) {
        if (link.group(1).startsWith("data:")) {
          continue;
        }
        URI target = page.resolve(link.group(1).replace("&amp;", "&"));
        if (address("").getAuthority().equals(target.getAuthority())) {
          assertThat(target.getPath()).as("from %s", page).startsWith(PREFIX);
          if (seen.add(target)) {
            left.add(target);
          }
        }
      }
    }
    assertThat(seen)
        .extracting(target -> target.getPath().substring(PREFIX.length()))
        .contains("evaluations/made-up", "settings", "models/scripted", "problems")
        .anyMatch(path -> path.endsWith(".css"));
  }

  @Test
  void redirectsLeadToWhatIsBehindTheProxy() throws Exception {
    HttpResponse<String> saved =
        send(
            HttpRequest.newBuilder(address("settings"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("all=0.4")));
    assertThat(saved.statusCode()).isEqualTo(303);
    URI location =
        address("settings").resolve(saved.headers().firstValue("Location").orElseThrow());
    assertThat(location).isEqualTo(address("settings?changed=true"));

    HttpResponse<String> models = send(HttpRequest.newBuilder(address("models")).GET());
    assertThat(address("models").resolve(models.headers().firstValue("Location").orElseThrow()))
        .isEqualTo(address("models/scripted"));
  }

  private URI address(String path) {
    return URI.create("http://localhost:" + proxy.getAddress().getPort() + PREFIX + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Does as proxies do: cuts the prefix off, names another host, and tells nothing of itself. */
  private void forward(HttpExchange exchange) throws IOException {
    URI asked = exchange.getRequestURI();
    String rest = asked.toString().substring(PREFIX.length() - 1);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(rest))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!Set.of("host", "connection", "content-length", "upgrade", "http2-settings")
                  .contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try (exchange) {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!Set.of("content-length", "transfer-encoding").contains(name)) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
