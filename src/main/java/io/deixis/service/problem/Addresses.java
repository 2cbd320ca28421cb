package io.deixis.service.problem;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses there are: the methods of each, and the media types that it reads and makes. */
public final class Addresses {

  /** Where a batch is. */
  public static final String BATCH = "/v1/ground/batch";

  /** The media type of a batch: newline-delimited JSON. */
  public static final String NDJSON = "application/x-ndjson";

  private static final String JSON = "application/json";
  private static final String HTML = "text/html";
  private static final String FORM = "multipart/form-data";

  private static final String GET = "GET, HEAD, OPTIONS";
  private static final String POST = "POST, OPTIONS";
  private static final String GET_AND_POST = "GET, HEAD, POST, OPTIONS";

  private static final List<Address> ALL =
      List.of(
          new Address("/v1/ground", POST, List.of(FORM, JSON), List.of()),
          new Address(BATCH, POST, List.of(NDJSON), List.of(NDJSON)),
          new Address("/v1/zero-shot-object-detection", POST, List.of(JSON), List.of(JSON)),
          new Address("/v1/models(/[^/]+)?", GET, JSON),
          new Address("/v2(/health/(live|ready)|/models/[^/]+(/ready)?)?", GET, JSON),
          new Address(
              "/functions/ground",
              POST,
              List.of(JSON, "application/cloudevents+json", FORM),
              List.of(JSON)),
          new Address("/label-studio/(setup|webhook|predict)", POST, List.of(JSON), List.of(JSON)),
          new Address("/label-studio/health", GET, JSON),
          new Address("/", GET_AND_POST, List.of(FORM), List.of(HTML)),
          new Address(
              "/settings",
              GET_AND_POST,
              List.of("application/x-www-form-urlencoded"),
              List.of(HTML)),
          new Address("/models(/[^/]+)?|/problems|/training", GET, HTML),
          new Address("/evaluations(/[^/]+(/[^/]+)?)?", GET, HTML),
          new Address("/evaluations/[^/]+/[^/]+/photo", GET, "image/*"),
          new Address("/training/[^/]+/events", GET, "text/event-stream"),
          new Address("/(chart|palette)\\.css", GET, "text/css"));

  /**
   * An address, or several alike.
   *
   * @param methods as {@code Allow} lists them
   * @param takes the media types of bodies that are read
   * @param makes the media types of answers; empty if they are those of the answer's formats
   */
  private record Address(Pattern path, String methods, List<String> takes, List<String> makes) {

    Address(String path, String methods, List<String> takes, List<String> makes) {
      this(Pattern.compile(path), methods, takes, makes);
    }

    Address(String path, String methods, String makes) {
      this(path, methods, List.of(), List.of(makes));
    }
  }

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
    return find(path).map(Address::methods);
  }

  /** Returns the media types that an address reads; nothing if it reads none. */
  static List<String> takes(String path) {
    return find(path).map(Address::takes).orElse(List.of());
  }

  /** Returns the media types that an address makes; nothing if they are those of the formats. */
  static List<String> makes(String path) {
    return find(path).map(Address::makes).orElse(List.of());
  }

  private static Optional<Address> find(String path) {
    if (path.length() > 1 && path.endsWith("/")) {
      return find(path.substring(0, path.length() - 1));
    }
    return ALL.stream().filter(address -> address.path.matcher(path).matches()).findFirst();
  }
}
