package io.deixis.service.integrations;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the photos of Label Studio's tasks: those within the task, and those that Label Studio
 * itself keeps, if the operator of this server has said where it is. No other address is followed.
 */
@ApplicationScoped
class LabelStudioPhotos {

  private static final Pattern DATA = Pattern.compile("data:image/[a-z+.-]+;base64,(.*)");

  /**
   * Where Label Studio serves the files of its projects, and those of its Local Files storages; no
   * parent folders, no other queries.
   */
  private static final Pattern KEPT =
      Pattern.compile(
          "/data/(?:local-files/?\\?d=)?(?:(?!\\.\\.)(?:[\\w./@+~-]|%(?!2[EeFf])[0-9A-Fa-f]{2}))++");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LabelStudioConfig config;
  private final GroundingLimits limits;
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  LabelStudioPhotos(LabelStudioConfig config, GroundingLimits limits) {
    this.config = config;
    this.limits = limits;
  }

  /**
   * Returns a photo's bytes.
   *
   * @param source as the task names it
   * @throws GroundingException if it is neither within the task nor kept by Label Studio
   */
  byte[] read(String source) {
    Matcher data = DATA.matcher(source);
    if (data.matches()) {
      try {
        return Base64.getDecoder().decode(data.group(1));
      } catch (IllegalArgumentException noBase64) {
        throw missing("The photo in the task is no base64", "upload it again");
      }
    }
    String path = pathOf(source);
    if (config.url().isEmpty()) {
      throw missing(
          "The task names its photo by an address, which is not followed",
          "set deixis.label-studio.url to the address of Label Studio");
    }
    if (!KEPT.matcher(path).matches()) {
      throw missing(
          "The photo is not among the files that Label Studio keeps", "upload it to the project");
    }
    return fetch(config.url().get().resolve(path));
  }

  /** Label Studio writes paths, or addresses of its own. */
  private String pathOf(String source) {
    String own = config.url().map(url -> url.resolve("/").toString()).orElse(null);
    return own != null && source.startsWith(own) ? source.substring(own.length() - 1) : source;
  }

  private byte[] fetch(URI photo) {
    HttpRequest.Builder request = HttpRequest.newBuilder(photo).timeout(PATIENCE);
    config.token().ifPresent(token -> request.header("Authorization", "Token " + token));
    try {
      HttpResponse<InputStream> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw missing(
              "Label Studio answered %d for the photo".formatted(answer.statusCode()),
              "set deixis.label-studio.token to the access token of a user who may read it");
        }
        return body.readNBytes(limits.imageBytes() + 1); // one more is refused as too large
      }
    } catch (IOException unreachable) {
      throw missing("Label Studio cannot be reached", "check deixis.label-studio.url");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw missing("The photo was not read in time", "try again");
    }
  }

  private static GroundingException missing(String problem, String remedy) {
    return new GroundingException(Reason.IMAGE_MISSING, "tasks", problem, remedy);
  }
}
