package io.deixis.engine.huggingface;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.deixis.engine.huggingface.ImportException.Reason;
import io.deixis.engine.published.DetectorSpec.Kind;
import io.deixis.engine.published.PhotoSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model's export as its configuration describes it. What older and newer versions of transformers
 * write differently is read alike; what a configuration leaves out is that library's default.
 *
 * @param folder the export's folder
 * @param config what {@code config.json} says
 * @param kind the model's family
 */
record ExportFolder(Path folder, JsonNode config, Kind kind) {

  private static final String CONFIG = "config.json";
  private static final String PROCESSOR = "processor_config.json";
  private static final String PREPROCESSOR = "preprocessor_config.json";

  private static final long MOST_BYTES = 64 << 20;

  static final ObjectMapper JSON = new ObjectMapper();

  private static final double[] CLIP_MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] CLIP_STD = {0.26862954, 0.26130258, 0.27577711};
  private static final double[] IMAGENET_MEAN = {0.485, 0.456, 0.406};
  private static final double[] IMAGENET_STD = {0.229, 0.224, 0.225};

  /**
   * Reads the model's configuration.
   *
   * @throws ImportException if it is missing, damaged, or that of a model which is not run here
   */
  static ExportFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ImportException(
          Reason.INPUT,
          "There is no folder \"%s\"".formatted(folder),
          "name the one that holds the export.");
    }
    JsonNode config = json(folder, CONFIG).orElseThrow(() -> missing(folder, CONFIG));
    String type = config.path("model_type").asText("").replace('_', '-');
    Kind kind =
        switch (type) {
          case "owlvit" -> Kind.OWL_VIT;
          case "owlv2" -> Kind.OWLV2;
          case "grounding-dino" -> Kind.GROUNDING_DINO;
          case "mm-grounding-dino" -> Kind.MM_GROUNDING_DINO;
          default ->
              throw new ImportException(
                  Reason.UNSUPPORTED,
                  "The file %s is of a model of type \"%s\""
                      .formatted(folder.resolve(CONFIG), printable(type)),
                  "import an OWL-ViT (owlvit), OWLv2 (owlv2), Grounding DINO (grounding-dino) or"
                      + " MM-Grounding-DINO (mm-grounding-dino).");
        };
    return new ExportFolder(folder, config, kind);
  }

  /** Returns how many ids the model's vocabulary has. */
  int vocabulary() {
    return number(config.path("text_config"), "vocab_size", kind.isFused() ? 30522 : 49408);
  }

  /** Returns most tokens that the model reads at once. */
  int tokens() {
    if (kind.isFused()) {
      return number(config, "max_text_len", 256);
    }
    int places = number(config.path("text_config"), "max_position_embeddings", 16);
    return json(folder, ExportTokenizer.CONFIG)
        .map(told -> Math.min(places, number(told, "model_max_length", places)))
        .orElse(places);
  }

  /** Returns what the configuration tells of where the model came from, by name. */
  Map<String, String> provenance() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("model", kind.title());
    for (String key : List.of("_name_or_path", "transformers_version")) {
      String value = config.path(key).asText("");
      if (!value.isBlank()) {
        texts.put(key.equals("_name_or_path") ? "weights" : "transformers", printable(value));
      }
    }
    return texts;
  }

  /** Returns the licence that the head of a README tells, if it does. */
  Optional<String> licence() {
    Path readme = folder.resolve("README.md");
    try (Stream<String> lines = Files.isRegularFile(readme) ? Files.lines(readme) : Stream.of()) {
      return lines
          .limit(100)
          .filter(line -> line.startsWith("license:"))
          .map(line -> printable(line.substring("license:".length()).strip()))
          .filter(licence -> !licence.isEmpty())
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Finds the graphs.
   *
   * @return the files, by the names that a bundle gives them; image part before text part
   * @throws ImportException if there is none, or more than one could be meant
   */
  Map<String, Path> graphs() {
    List<Path> files = files();
    for (String type : List.of(".onnx", ".pt")) {
      List<Path> ofType =
          files.stream().filter(file -> file.getFileName().toString().endsWith(type)).toList();
      Optional<Path> image = named(ofType, "image" + type);
      Optional<Path> text = named(ofType, "text" + type);
      if (!kind.isFused() && image.isPresent() && text.isPresent()) {
        Map<String, Path> parts = new LinkedHashMap<>();
        parts.put("image" + type, image.get());
        parts.put("text" + type, text.get());
        return parts;
      }
      Optional<Path> whole = named(ofType, "model" + type);
      if (whole.isPresent() || ofType.size() == 1) {
        return Map.of("model" + type, whole.orElseGet(() -> ofType.get(0)));
      }
      if (ofType.size() > 1) {
        throw new ImportException(
            Reason.INPUT,
            "The folder \"%s\" holds several graphs (%s)".formatted(folder, names(ofType)),
            "leave the one to import, or call it model%s.".formatted(type));
      }
    }
    List<Path> weights =
        files.stream()
            .filter(
                file ->
                    file.getFileName().toString().matches(".*\\.(safetensors|bin|pth|ckpt|pkl)"))
            .toList();
    throw new ImportException(
        Reason.INPUT,
        weights.isEmpty()
            ? "The folder \"%s\" holds no graph such as model.onnx or model.pt".formatted(folder)
            : "The folder \"%s\" holds weights without a graph (%s)"
                .formatted(folder, names(weights)),
        "export the model with models/export/%s."
            .formatted(kind.isFused() ? "grounding_dino.py" : "owl.py"));
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path place : List.of(folder, folder.resolve("onnx"))) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> all = Files.list(place)) {
          all.filter(Files::isRegularFile).sorted().forEach(files::add);
        } catch (IOException e) {
          throw unreadable(place, e);
        }
      }
    }
    return files;
  }

  private static Optional<Path> named(List<Path> files, String name) {
    return files.stream().filter(file -> file.getFileName().toString().equals(name)).findFirst();
  }

  private static String names(List<Path> files) {
    return String.join(
        ", ", files.stream().map(file -> printable(file.getFileName().toString())).toList());
  }

  /**
   * Returns how the model's processor prepares a photo.
   *
   * @throws ImportException if its configuration is missing or damaged, or asks for what is not
   *     done here
   */
  PhotoSpec photo() {
    Optional<JsonNode> nested =
        json(folder, PROCESSOR)
            .map(processor -> processor.path("image_processor"))
            .filter(JsonNode::isObject);
    String file = nested.isPresent() ? PROCESSOR : PREPROCESSOR;
    JsonNode processor =
        nested
            .or(() -> json(folder, PREPROCESSOR))
            .orElseThrow(() -> missing(folder, PREPROCESSOR + " or " + PROCESSOR));
    try {
      return photo(processor);
    } catch (IllegalArgumentException e) {
      throw new ImportException(
          Reason.UNSUPPORTED,
          "The file %s describes no photo that can be prepared here: %s"
              .formatted(folder.resolve(file), e.getMessage()),
          "take the file that belongs to the model.",
          e);
    }
  }

  private PhotoSpec photo(JsonNode processor) {
    if (!processor.path("do_resize").asBoolean(true)) {
      throw new IllegalArgumentException("it does not resize");
    }
    if (processor.path("do_center_crop").asBoolean(false)
        && !sides(processor.path("crop_size"), "crop_size")
            .equals(sides(processor.path("size"), "size"))) {
      throw new IllegalArgumentException("it crops");
    }
    boolean rescales =
        processor.path("do_rescale").asBoolean(processor.path("rescale").asBoolean(true));
    double rescale =
        rescales
            ? processor.path("rescale_factor").isNumber()
                ? processor.path("rescale_factor").asDouble()
                : 1 / 255.0
            : 1;
    boolean normalises = processor.path("do_normalize").asBoolean(true);
    List<Double> mean =
        normalises
            ? colours(processor, "image_mean", kind.isFused() ? IMAGENET_MEAN : CLIP_MEAN)
            : List.of(0.0, 0.0, 0.0);
    List<Double> std =
        normalises
            ? colours(processor, "image_std", kind.isFused() ? IMAGENET_STD : CLIP_STD)
            : List.of(1.0, 1.0, 1.0);
    Scaling scaling = new Scaling(rescale, mean, std);
    return switch (kind) {
      case OWLV2 -> {
        if (filter(processor, 2) != PhotoSpec.Filter.BILINEAR) {
          throw new IllegalArgumentException("resample is not 2");
        }
        yield scaling.sized(
            processor.path("do_pad").asBoolean(true) ? PhotoSpec.Fit.SQUARE : PhotoSpec.Fit.SQUASH,
            PhotoSpec.Filter.BLURRED,
            sides(processor.path("size"), "size"));
      }
      case OWL_VIT ->
          scaling.sized(
              PhotoSpec.Fit.SQUASH, filter(processor, 3), sides(processor.path("size"), "size"));
      case GROUNDING_DINO, MM_GROUNDING_DINO -> shaped(processor, scaling);
    };
  }

  /** How pixels become numbers. */
  private record Scaling(double rescale, List<Double> mean, List<Double> std) {

    PhotoSpec sized(PhotoSpec.Fit fit, PhotoSpec.Filter filter, List<Integer> sides) {
      return new PhotoSpec(fit, filter, sides.get(0), sides.get(1), 0, 0, 0, 0, rescale, mean, std);
    }
  }

  /** The sizes of DETR's processor: by the edges, or inside of a rectangle, or exact. */
  private PhotoSpec shaped(JsonNode processor, Scaling scaling) {
    JsonNode size = processor.path("size");
    PhotoSpec.Filter filter = filter(processor, 2);
    if (size.has("max_height") && size.has("max_width")) {
      int height = number(size, "max_height", 0);
      int width = number(size, "max_width", 0);
      return new PhotoSpec(
          PhotoSpec.Fit.INSIDE,
          filter,
          height,
          width,
          0,
          0,
          height,
          width,
          scaling.rescale,
          scaling.mean,
          scaling.std);
    }
    if (size.has("height") && size.has("width") || size.isArray()) {
      return scaling.sized(PhotoSpec.Fit.SQUASH, filter, sides(size, "size"));
    }
    int shortest =
        size.isIntegralNumber()
            ? number(processor, "size", 800)
            : number(size, "shortest_edge", 800);
    int longest =
        number(size, "longest_edge", Math.max(shortest, number(processor, "max_size", 1333)));
    boolean pads = processor.path("do_pad").asBoolean(true);
    JsonNode pad = pads ? processor.path("pad_size") : MissingNode.getInstance();
    return new PhotoSpec(
        PhotoSpec.Fit.SHORTEST_EDGE,
        filter,
        number(pad, "height", 0),
        number(pad, "width", 0),
        Math.min(shortest, longest),
        longest,
        0,
        0,
        scaling.rescale,
        scaling.mean,
        scaling.std);
  }

  /** Pillow's numbers of filters; its others are not those of the library's fast processors. */
  private static PhotoSpec.Filter filter(JsonNode processor, int standard) {
    int resample = processor.path("resample").asInt(standard);
    return switch (resample) {
      case 0 -> PhotoSpec.Filter.NEAREST;
      case 2 -> PhotoSpec.Filter.BILINEAR;
      case 3 -> PhotoSpec.Filter.BICUBIC;
      default ->
          throw new IllegalArgumentException(
              "resample is %d, not 0 (nearest), 2 (bilinear) or 3 (bicubic)".formatted(resample));
    };
  }

  /** Reads height and width, which have been written as an object, a list or one number. */
  private List<Integer> sides(JsonNode size, String name) {
    if (size.isIntegralNumber()) {
      return List.of(size.asInt(), size.asInt());
    }
    if (size.isArray() && size.size() == 2) {
      return List.of(size.get(0).asInt(), size.get(1).asInt());
    }
    int standard = kind == Kind.OWLV2 ? 960 : 768;
    if (size.isMissingNode() || size.isNull()) {
      return List.of(standard, standard);
    }
    if (!size.path("height").isIntegralNumber() || !size.path("width").isIntegralNumber()) {
      throw new IllegalArgumentException(name + " has no height and width");
    }
    return List.of(size.path("height").asInt(), size.path("width").asInt());
  }

  private static List<Double> colours(JsonNode processor, String name, double[] standard) {
    JsonNode node = processor.path(name);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      JsonNode value = node.isNumber() ? node : node.path(i);
      if (!value.isNumber() && !node.isMissingNode() && !node.isNull()) {
        throw new IllegalArgumentException(name + " is no list of three numbers");
      }
      values.add(value.isNumber() ? value.asDouble() : standard[i]);
    }
    return values;
  }

  private static int number(JsonNode node, String name, int standard) {
    JsonNode value = node.path(name);
    return value.isIntegralNumber() && value.canConvertToInt() ? value.asInt() : standard;
  }

  static Optional<JsonNode> json(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(bytes(file));
      if (json == null || !json.isObject()) {
        throw damaged(file, "it is no JSON object", null);
      }
      return Optional.of(json);
    } catch (JsonProcessingException e) {
      throw damaged(
          file,
          e.getLocation() == null
              ? "it is no JSON"
              : "it is no JSON from line %d on".formatted(e.getLocation().getLineNr()),
          e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw damaged(file, "it has more than 64 MiB", null);
    }
    return Files.readAllBytes(file);
  }

  private static ImportException missing(Path folder, String name) {
    return new ImportException(
        Reason.INPUT,
        "The folder \"%s\" lacks %s".formatted(folder, name),
        "take it from the repository of the model, beside the export.");
  }

  private static ImportException damaged(Path file, String why, Throwable cause) {
    return new ImportException(
        Reason.DAMAGED,
        "The file %s cannot be understood: %s".formatted(file, why),
        "take it from the repository of the model again.",
        cause);
  }

  static ImportException unreadable(Path file, Throwable cause) {
    return new ImportException(
        Reason.INPUT, "\"%s\" cannot be read".formatted(file), "check its rights.", cause);
  }

  /** Foreign text as it may be shown in a terminal. */
  static String printable(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return plain.length() > 120 ? plain.substring(0, 120) + "…" : plain;
  }
}
