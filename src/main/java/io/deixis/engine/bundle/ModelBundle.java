package io.deixis.engine.bundle;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A trained model on disk: a folder with {@code bundle.json}, the backbone's graph, the head's
 * weights and the model card. Opening one verifies every file's hash.
 *
 * @param directory the folder
 * @param manifest what its {@code bundle.json} says
 */
public record ModelBundle(Path directory, BundleManifest manifest) {

  /** The manifest's file name. */
  public static final String MANIFEST = "bundle.json";

  /** The backbone's TorchScript graph with its weights. */
  public static final String BACKBONE = "backbone.pt";

  /** The model card, in Markdown. */
  public static final String CARD = "MODEL_CARD.md";

  /** Weights of the projection and of the first matching head. */
  public static final String HEAD = "head.safetensors";

  /** The projection's mean in {@link #HEAD}. */
  public static final String PROJECTION_MEAN = "projection.mean";

  /** The projection's basis in {@link #HEAD}. */
  public static final String PROJECTION_BASIS = "projection.basis";

  /**
   * The tokenizer's ids of the trained word pieces in {@link #HEAD}, row 1 of the embedding first.
   */
  public static final String VOCABULARY = "vocabulary";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Opens a bundle.
   *
   * @throws BundleException if a file is missing or changed, or the bundle is of another schema
   */
  public static ModelBundle open(Path directory) {
    BundleManifest manifest = readManifest(directory);
    for (String needed : new String[] {BACKBONE, HEAD}) {
      if (!manifest.files().containsKey(needed)) {
        throw new BundleException(
            "The manifest of " + directory + " lists no " + needed + "; restore the folder.");
      }
    }
    manifest.files().forEach((name, hash) -> verify(directory, name, hash));
    ModelBundle bundle = new ModelBundle(directory, manifest);
    bundle.requireEveryHead();
    return bundle;
  }

  /**
   * Writes a manifest into a bundle's folder, with the hashes of its files as they are now. The
   * manifest that was there stays whole until the new one replaces it at once.
   */
  public static void seal(Path directory, BundleManifest draft) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(BACKBONE, Sha256.of(directory.resolve(BACKBONE)));
    for (int member = 0; member == 0 || Files.exists(directory.resolve(head(member))); member++) {
      files.put(head(member), Sha256.of(directory.resolve(head(member))));
    }
    BundleManifest manifest =
        new BundleManifest(
            BundleManifest.SCHEMA,
            draft.name(),
            draft.version(),
            draft.description(),
            draft.licence(),
            files,
            draft.architecture(),
            draft.calibration(),
            draft.thresholds(),
            draft.metrics(),
            draft.provenance());
    Path partial = directory.resolve(MANIFEST + ".partial");
    try {
      Files.writeString(partial, JSON.writeValueAsString(manifest) + "\n");
      Files.move(partial, directory.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Returns the file name of an ensemble's head.
   *
   * @param member its number from 0
   */
  public static String head(int member) {
    // Not by a format, which would write the number in the digits of the user's language.
    return member == 0 ? HEAD : "head-" + (member + 1) + ".safetensors";
  }

  /** Returns the files of all heads, the first one first. */
  public List<Path> heads() {
    return Stream.iterate(0, member -> member + 1)
        .map(ModelBundle::head)
        .takeWhile(manifest.files()::containsKey)
        .map(this::file)
        .toList();
  }

  /** A head that is listed but would not be loaded would change the answers unnoticed. */
  private void requireEveryHead() {
    List<Path> loaded = heads();
    manifest.files().keySet().stream()
        .filter(name -> name.endsWith(".safetensors") && !loaded.contains(file(name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw new BundleException(
                  "The manifest of %s lists %s, which is not the next head after %s; restore the folder."
                      .formatted(directory, name, loaded.get(loaded.size() - 1).getFileName()));
            });
  }

  /** Returns the path of one of the bundle's files. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /** Returns the model card's Markdown; nothing if there is no card or it cannot be read. */
  public Optional<String> card() {
    try {
      return Optional.of(Files.readString(file(CARD)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Reads a bundle's manifest and nothing else.
   *
   * @throws BundleException if there is none, or it is of another schema
   */
  public static BundleManifest readManifest(Path directory) {
    Path file = directory.resolve(MANIFEST);
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      // The schema comes first: a manifest of another one may have fields unknown here.
      int schema = json.path("schema").asInt();
      if (json.path("schema").isInt() && (schema < 1 || schema > BundleManifest.SCHEMA)) {
        throw new BundleException(
            "The bundle "
                + directory
                + " is of schema "
                + schema
                + ", this version of Deixis reads schemas 1 to "
                + BundleManifest.SCHEMA
                + "; use the version that wrote it, or train it again.");
      }
      if (!(json instanceof ObjectNode manifest)) {
        throw new JsonParseException(null, "a manifest is a JSON object");
      }
      if (schema == 1 && manifest.path("architecture").isObject()) {
        requireStandard(directory, manifest.path("architecture"));
        // The parts of these models were not described; all had the same ones.
        manifest.set("architecture", JSON.valueToTree(Architecture.STANDARD));
      }
      return JSON.treeToValue(manifest, BundleManifest.class);
    } catch (NoSuchFileException e) {
      throw new BundleException(
          "There is no model bundle at "
              + directory
              + "; set deixis.models.directory to the folder that holds it, or train one with"
              + " `deixis train`.",
          e);
    } catch (JsonProcessingException e) {
      throw new BundleException(
          "The file %s is not a bundle's manifest (%s); restore the folder."
              .formatted(file, Architecture.reason(e)),
          e);
    } catch (IOException e) {
      throw new BundleException("The file " + file + " cannot be read; check its rights.", e);
    }
  }

  private static void requireStandard(Path directory, JsonNode numbers) {
    RegionFeatures regions = Architecture.STANDARD.regions();
    if (numbers.path("appearance").asInt() != regions.appearanceSize()
        || numbers.path("region features").asInt() != regions.size()) {
      throw new BundleException(
          "The bundle %s of schema 1 has an architecture of its own (%s), which its manifest does not describe; train it again."
              .formatted(directory, numbers));
    }
  }

  private static void verify(Path directory, String name, String expected) {
    Path folder = directory.toAbsolutePath().normalize();
    Path file = folder.resolve(name).normalize();
    if (!folder.equals(file.getParent())) {
      throw new BundleException(
          "The manifest of " + directory + " lists a file outside of it; restore the folder.");
    }
    String actual;
    try {
      actual = Sha256.of(file);
    } catch (NoSuchFileException e) {
      throw new BundleException(
          "The bundle " + directory + " lacks the file " + name + "; restore the folder.", e);
    } catch (IOException e) {
      throw new BundleException("The file " + file + " cannot be read; check its rights.", e);
    }
    if (!actual.equals(expected)) {
      throw new BundleException(
          "The file "
              + file
              + " is not the one that the bundle was sealed with (its SHA-256 differs); restore"
              + " it.");
    }
  }
}
