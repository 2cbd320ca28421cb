package io.deixis.engine.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deixis.dataset.DatasetException;
import io.deixis.engine.published.DetectorSpec;
import io.deixis.files.AtomicFileSet;
import io.deixis.files.Sha256;
import io.deixis.metrics.BundleEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A model on disk: a folder with {@code bundle.json}, the backbone's graph and the head's weights
 * or the graphs and the tokenizer of a published detector, the model card and the evaluation. A
 * bundle is foreign data: opening one verifies every file's name, kind and hash.
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

  /** Weights of the regions' description and of the first matching head. */
  public static final String HEAD = "head.safetensors";

  /**
   * The tokenizer's ids of the trained word pieces in {@link #HEAD}, row 1 of the embedding first.
   */
  public static final String VOCABULARY = "vocabulary";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /** Documents larger than this are not what they should be. */
  private static final long MOST_DOCUMENT_BYTES = 32 << 20;

  private static final long MOST_MANIFEST_BYTES = 1 << 20;

  /** What a file may be called: nothing that could lead out of the folder or hide in it. */
  private static final Pattern FILE_NAME =
      Pattern.compile("(" + EvaluationFolder.NAME + "/)?" + BundleManifest.PLAIN_NAME);

  /**
   * Opens a bundle.
   *
   * @throws BundleException if a file is missing, changed, not listed or none, or the bundle is of
   *     another schema
   */
  public static ModelBundle open(Path directory) {
    BundleManifest manifest = readManifest(directory);
    for (String needed : needed(manifest)) {
      if (!manifest.files().containsKey(needed)) {
        throw new BundleException(
            "The manifest of " + directory + " lists no " + needed, "restore the folder.");
      }
    }
    ModelBundle bundle = new ModelBundle(directory, manifest);
    manifest.files().keySet().forEach(bundle::verify);
    bundle.requireNothingElse();
    if (manifest.detector() == null) {
      bundle.requireEveryHead();
    }
    return bundle;
  }

  private static List<String> needed(BundleManifest manifest) {
    if (manifest.detector() == null) {
      return List.of(BACKBONE, HEAD);
    }
    List<String> files = new ArrayList<>(manifest.detector().graphs());
    files.add(DetectorSpec.TOKENIZER);
    return files;
  }

  /**
   * Writes a manifest into a bundle's folder, with the hashes of its files as they are now. The
   * manifest that was there stays whole until the new one replaces it at once.
   */
  public static void seal(Path directory, BundleManifest draft) throws IOException {
    seal(directory, draft, Map.of());
  }

  /**
   * As the other method, and writes documents that belong to it; all of them take their places
   * together.
   *
   * @param documents their content, by name
   */
  public static void seal(Path directory, BundleManifest draft, Map<String, byte[]> documents)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : needed(draft)) {
      files.put(name, Sha256.of(directory.resolve(name)));
    }
    for (int member = 1; Files.exists(directory.resolve(head(member))); member++) {
      files.put(head(member), Sha256.of(directory.resolve(head(member))));
    }
    for (String name : present(directory)) {
      if (!files.containsKey(name) && !documents.containsKey(name)) {
        files.put(name, Sha256.of(directory.resolve(name)));
      }
    }
    documents.forEach((name, content) -> files.put(name, Sha256.of(content)));
    BundleManifest manifest = draft.withFiles(files);
    String json = JSON.writeValueAsString(manifest) + "\n";
    try (AtomicFileSet replacement = new AtomicFileSet(directory)) {
      for (Map.Entry<String, byte[]> document : documents.entrySet()) {
        replacement.add(document.getKey(), partial -> Files.write(partial, document.getValue()));
      }
      replacement.add(MANIFEST, partial -> Files.writeString(partial, json));
      replacement.commit();
    }
  }

  /**
   * Returns the names of what is in a bundle's folder and in that of its evaluation, links
   * included; without the manifest, hidden files and such that are being written.
   */
  private static List<String> present(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    for (String folder : List.of("", EvaluationFolder.NAME + "/")) {
      Path parent = directory.resolve(folder);
      if (Files.isDirectory(parent)) {
        try (Stream<Path> files = Files.list(parent)) {
          files
              .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
              .map(file -> folder + file.getFileName())
              .filter(name -> FILE_NAME.matcher(name).matches())
              .filter(name -> !name.endsWith(".partial") && !name.equals(MANIFEST))
              .sorted()
              .forEach(names::add);
        }
      }
    }
    return names;
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
                  "The manifest of %s lists %s, which is not the next head after %s"
                      .formatted(directory, name, loaded.get(loaded.size() - 1).getFileName()),
                  "restore the folder.");
            });
  }

  /**
   * Returns the bytes that its files take.
   *
   * @throws BundleException if one cannot be read
   */
  public long bytes() {
    long bytes = 0;
    for (String name : manifest.files().keySet()) {
      try {
        bytes += Files.size(file(name));
      } catch (IOException e) {
        throw new BundleException(
            "The file " + file(name) + " cannot be read", "check its rights.", e);
      }
    }
    return bytes;
  }

  /** Returns the path of one of the bundle's files. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /**
   * Returns the model card's Markdown, if there is a card.
   *
   * @throws BundleException if it is not the one that the bundle was sealed with
   */
  public Optional<String> card() {
    if (!manifest.files().containsKey(CARD)) {
      return Optional.empty();
    }
    verify(CARD);
    try {
      return Optional.of(Files.readString(file(CARD)));
    } catch (IOException unreadable) {
      throw new BundleException(
          "The file " + file(CARD) + " is no text in UTF-8", "restore the folder", unreadable);
    }
  }

  /**
   * Returns how the model was judged.
   *
   * @throws BundleException if a document is not the one that the bundle was sealed with
   * @throws DatasetException if one cannot be understood
   */
  public BundleEvaluation evaluation() {
    requireNothingElse();
    manifest.files().keySet().stream()
        .filter(name -> name.startsWith(EvaluationFolder.NAME + "/"))
        .forEach(this::verify);
    return EvaluationFolder.of(directory).read(manifest.calibration());
  }

  /**
   * Reads a bundle's manifest and nothing else.
   *
   * @throws BundleException if there is none, or it is of another schema
   */
  public static BundleManifest readManifest(Path directory) {
    Path file = directory.resolve(MANIFEST);
    if (Files.isRegularFile(directory)) {
      throw BundleException.absent(directory);
    }
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          && (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              || Files.size(file) > MOST_MANIFEST_BYTES)) {
        throw new BundleException(
            "%s is no plain file of at most 1 MiB".formatted(file), "restore the folder.");
      }
      JsonNode json = JSON.readTree(Files.readString(file));
      // The schema comes first: a manifest of another one may have fields unknown here.
      int schema = json.path("schema").asInt();
      if (json.path("schema").isInt() && schema != BundleManifest.SCHEMA) {
        throw new BundleException(
            "The bundle %s is of schema %d, this version of Deixis reads schema %d"
                .formatted(directory, schema, BundleManifest.SCHEMA),
            "use the version that wrote it, or train it again.");
      }
      if (!json.isObject()) {
        throw new BundleException(
            "The file %s is not a bundle's manifest (it is no JSON object)".formatted(file),
            "restore the folder.");
      }
      return JSON.treeToValue(json, BundleManifest.class);
    } catch (NoSuchFileException e) {
      throw BundleException.absent(directory);
    } catch (JsonProcessingException e) {
      throw new BundleException(
          "The file %s is not a bundle's manifest (%s)".formatted(file, Architecture.reason(e)),
          "restore the folder.",
          e);
    } catch (IOException e) {
      throw new BundleException("The file " + file + " cannot be read", "check its rights.", e);
    }
  }

  /** A card or a report that no hash covers could be anybody's. */
  private void requireNothingElse() {
    try {
      for (String name : present(directory)) {
        if (!manifest.files().containsKey(name)) {
          throw new BundleException(
              "The bundle %s holds %s, which its manifest does not list".formatted(directory, name),
              "take it away, or seal the bundle anew with `deixis bundle seal` if you put it"
                  + " there");
        }
      }
    } catch (IOException e) {
      throw new BundleException(
          "The folder " + directory + " cannot be read", "check its rights.", e);
    }
  }

  /** Checks that a file is a plain one in the folder and the one that was sealed. */
  private void verify(String name) {
    if (!FILE_NAME.matcher(name).matches()) {
      throw new BundleException(
          "The manifest of " + directory + " lists a file outside of it", "restore the folder.");
    }
    Path file = file(name);
    // Nothing of the bundle is a link, nor a device that never ends.
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            || (name.contains("/")
                && !Files.isDirectory(file.getParent(), LinkOption.NOFOLLOW_LINKS)))) {
      throw new BundleException(
          "%s is a link or no plain file".formatted(file), "restore the folder.");
    }
    String actual;
    try {
      boolean weights =
          name.equals(BACKBONE) || name.endsWith(".safetensors") || DetectorSpec.isWeights(name);
      if (!weights && Files.size(file) > MOST_DOCUMENT_BYTES) {
        throw new BundleException(
            "%s is larger than 32 MiB, too large for a document".formatted(file),
            "restore the folder.");
      }
      actual = Sha256.of(file);
    } catch (NoSuchFileException e) {
      throw new BundleException(
          "The bundle " + directory + " lacks the file " + name, "restore the folder.", e);
    } catch (IOException e) {
      throw new BundleException("The file " + file + " cannot be read", "check its rights.", e);
    }
    if (!actual.equals(manifest.files().get(name))) {
      throw new BundleException(
          "The file %s is not the one that the bundle was sealed with (its SHA-256 differs)"
              .formatted(file),
          "restore it, or seal the bundle anew with `deixis bundle seal` if you changed it");
    }
  }
}
