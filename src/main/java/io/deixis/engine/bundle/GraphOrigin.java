package io.deixis.engine.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a backbone's graph came from, as far as it is known.
 *
 * @param text model, weights and who made them
 * @param licence of the weights
 */
public record GraphOrigin(Optional<String> text, Optional<String> licence) {

  /** Nothing is known. */
  public static final GraphOrigin UNKNOWN = new GraphOrigin(Optional.empty(), Optional.empty());

  /** What of a bundle's provenance tells the licence of its backbone. */
  public static final String LICENCE = "backbone licence";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 500;

  /** Cleans texts, which are foreign, and takes blank ones for none. */
  public GraphOrigin {
    text = text.map(GraphOrigin::printable).filter(told -> !told.isBlank());
    licence = licence.map(GraphOrigin::printable).filter(told -> !told.isBlank());
  }

  /**
   * Returns what the description beside a graph tells in {@code origin} and {@code licence}, and
   * otherwise what the manifest of the bundle tells that the graph lies in.
   *
   * @param sha256 of the graph
   */
  public static GraphOrigin of(Path graph, String sha256) {
    return described(graph).or(ofBundle(graph, sha256));
  }

  private static GraphOrigin described(Path graph) {
    try {
      JsonNode told = JSON.readTree(Files.readString(Architecture.descriptionOf(graph)));
      return new GraphOrigin(
          Optional.ofNullable(told.path("origin").textValue()),
          Optional.ofNullable(told.path("licence").textValue()));
    } catch (JsonProcessingException noDescription) {
      return UNKNOWN;
    } catch (IOException none) {
      return UNKNOWN;
    }
  }

  private static GraphOrigin ofBundle(Path graph, String sha256) {
    try {
      BundleManifest bundle = ModelBundle.readManifest(graph.toAbsolutePath().getParent());
      if (!sha256.equals(bundle.files().get(graph.getFileName().toString()))) {
        return UNKNOWN;
      }
      return new GraphOrigin(
          Optional.of(
              "that of %s, version %s: %s"
                  .formatted(
                      bundle.name(),
                      bundle.version(),
                      bundle.provenance().getOrDefault("backbone", "its origin is not stated"))),
          Optional.of(
              bundle.provenance().getOrDefault(LICENCE, bundle.licence().split(";", 2)[0])));
    } catch (BundleException noBundle) {
      return UNKNOWN;
    }
  }

  /** Returns this one, and where it tells nothing the other one. */
  public GraphOrigin or(GraphOrigin other) {
    return new GraphOrigin(text.or(other::text), licence.or(other::licence));
  }

  private static String printable(String told) {
    String plain = told.strip().replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ");
    return plain.length() > MOST ? plain.substring(0, MOST) + "…" : plain;
  }
}
