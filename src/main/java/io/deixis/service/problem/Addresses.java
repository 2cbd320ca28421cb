package io.deixis.service.problem;

import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses there are and the methods of each, for {@code Allow} and {@code OPTIONS}. */
public final class Addresses {

  /** Where a batch is. */
  public static final String BATCH = "/v1/ground/batch";

  /** The media type of a batch: newline-delimited JSON. */
  public static final String NDJSON = "application/x-ndjson";

  private static final Pattern POST =
      Pattern.compile(
          "/v1/(ground(/batch)?|zero-shot-object-detection)|/functions/ground"
              + "|/label-studio/(setup|webhook|predict)");

  private static final Pattern GET_AND_POST = Pattern.compile("/(settings)?");

  private static final Pattern GET =
      Pattern.compile(
          "/v1/models(/[^/]+)?|/label-studio/health"
              + "|/v2(/health/(live|ready)|/models/[^/]+(/ready)?)?"
              + "|/models(/[^/]+)?|/problems|/(chart|palette)\\.css"
              + "|/training(/[^/]+/events)?"
              + "|/evaluations(/[^/]+(/[^/]+(/photo)?)?)?");

  private Addresses() {}

  /**
   * Returns the methods of an address as {@code Allow} lists them.
   *
   * @param path without the prefix that everything here may stand under; a slash at its end says
   *     nothing
   * @return nothing if there is no such address; static files and what {@code /q} holds are not
   *     known here
   */
  public static Optional<String> allowed(String path) {
    if (path.length() > 1 && path.endsWith("/")) {
      return allowed(path.substring(0, path.length() - 1));
    }
    if (POST.matcher(path).matches()) {
      return Optional.of("POST, OPTIONS");
    }
    if (GET_AND_POST.matcher(path).matches()) {
      return Optional.of("GET, HEAD, POST, OPTIONS");
    }
    return GET.matcher(path).matches() ? Optional.of("GET, HEAD, OPTIONS") : Optional.empty();
  }
}
