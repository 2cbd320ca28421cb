package io.deixis.service.page;

import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;

/** Refuses forms that pages of other sites send (cross-site request forgery). */
public final class SameOrigin {

  /** What browsers say of requests that a page of ours, or a person, makes. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private SameOrigin() {}

  /**
   * Checks where a request comes from: by {@code Sec-Fetch-Site}, or, from browsers without it, by
   * {@code Origin}. Who sends neither is no browser.
   *
   * @throws ForbiddenException if it comes from another site
   */
  public static void check(HttpHeaders headers) {
    String site = headers.getHeaderString("Sec-Fetch-Site");
    String origin = headers.getHeaderString("Origin");
    boolean own =
        site != null
            ? OWN.contains(site)
            : origin == null
                || origin
                    .replaceFirst("^https?://", "")
                    .equals(headers.getHeaderString(HttpHeaders.HOST));
    if (!own) {
      throw new ForbiddenException();
    }
  }
}
