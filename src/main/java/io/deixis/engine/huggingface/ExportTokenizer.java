package io.deixis.engine.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deixis.engine.huggingface.ImportException.Reason;
import io.deixis.engine.published.DetectorSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An export's tokenizer: its {@code tokenizer.json}, or what that would hold where a repository has
 * the files of the older tokenizers alone, {@code vocab.json} and {@code merges.txt} (CLIP) or
 * {@code vocab.txt} (BERT).
 *
 * @param file that it was read from
 * @param json as {@code tokenizer.json} has it
 */
record ExportTokenizer(Path file, JsonNode json) {

  static final String CONFIG = "tokenizer_config.json";

  private static final String CLIP =
      """
      {
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
        "normalizer": {"type": "Sequence", "normalizers": [
          {"type": "NFC"}, {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
          {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
          {"type": "Split", "behavior": "Removed", "invert": true, "pattern": {"Regex":
            "<\\\\|startoftext\\\\|>|<\\\\|endoftext\\\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\\\p{L}]+|[\\\\p{N}]|[^\\\\s\\\\p{L}\\\\p{N}]+"}},
          {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}]},
        "post_processor": {"type": "RobertaProcessing", "trim_offsets": false, "add_prefix_space": false},
        "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
        "model": {"type": "BPE", "dropout": null, "unk_token": "<|endoftext|>",
          "continuing_subword_prefix": "", "end_of_word_suffix": "</w>", "fuse_unk": false}
      }
      """;

  private static final String BERT =
      """
      {
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
        "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
          "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing"},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
          "max_input_chars_per_word": 100}
      }
      """;

  /**
   * Reads the tokenizer of a model.
   *
   * @throws ImportException if it is missing, damaged, or that of another model
   */
  static ExportTokenizer read(ExportFolder export) {
    Path folder = export.folder();
    boolean bert = export.kind().isFused();
    Path file = folder.resolve(DetectorSpec.TOKENIZER);
    ExportTokenizer tokenizer;
    if (Files.isRegularFile(file)) {
      tokenizer =
          new ExportTokenizer(
              file, ExportFolder.json(folder, DetectorSpec.TOKENIZER).orElseThrow());
    } else if (bert && Files.isRegularFile(folder.resolve("vocab.txt"))) {
      tokenizer = bert(folder);
    } else if (!bert
        && Files.isRegularFile(folder.resolve("vocab.json"))
        && Files.isRegularFile(folder.resolve("merges.txt"))) {
      tokenizer = clip(folder);
    } else {
      throw new ImportException(
          Reason.INPUT,
          "The folder \"%s\" lacks %s".formatted(folder, DetectorSpec.TOKENIZER),
          "write it with AutoTokenizer.from_pretrained(…).save_pretrained(…) of transformers.");
    }
    tokenizer.check(bert ? "WordPiece" : "BPE", export.vocabulary());
    return tokenizer;
  }

  private static ExportTokenizer clip(Path folder) {
    Path file = folder.resolve("vocab.json");
    ObjectNode json = template(CLIP);
    ObjectNode model = (ObjectNode) json.get("model");
    model.set("vocab", ExportFolder.json(folder, "vocab.json").orElseThrow());
    ArrayNode merges = model.putArray("merges");
    lines(folder.resolve("merges.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#version"))
        .forEach(merges::add);
    marks(file, json, "<|startoftext|>", "<|endoftext|>");
    special(folder, json, "<|startoftext|>", "<|endoftext|>");
    return new ExportTokenizer(file, json);
  }

  private static ExportTokenizer bert(Path folder) {
    Path file = folder.resolve("vocab.txt");
    ObjectNode json = template(BERT);
    ObjectNode vocabulary = ((ObjectNode) json.get("model")).putObject("vocab");
    List<String> tokens = lines(file);
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    marks(file, json, "[CLS]", "[SEP]");
    special(folder, json, "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    ObjectNode normalizer = (ObjectNode) json.get("normalizer");
    ExportFolder.json(folder, CONFIG)
        .ifPresent(
            config -> {
              copy(config, "do_lower_case", normalizer, "lowercase");
              copy(config, "strip_accents", normalizer, "strip_accents");
              copy(config, "tokenize_chinese_chars", normalizer, "handle_chinese_chars");
            });
    return new ExportTokenizer(file, json);
  }

  private static void copy(JsonNode from, String name, ObjectNode to, String as) {
    if (from.path(name).isBoolean()) {
      to.put(as, from.path(name).asBoolean());
    }
  }

  /** Puts the marks of beginning and end around every text. */
  private static void marks(Path file, ObjectNode json, String begin, String end) {
    ObjectNode around = (ObjectNode) json.get("post_processor");
    around.putArray("cls").add(begin).add(id(file, json, begin));
    around.putArray("sep").add(end).add(id(file, json, end));
  }

  private static int id(Path file, ObjectNode json, String token) {
    JsonNode id = json.path("model").path("vocab").path(token);
    if (!id.isInt()) {
      throw foreign(file, "has no token " + token);
    }
    return id.asInt();
  }

  /**
   * Names the tokens that a text is searched for before it is taken apart. What it is filled up
   * with is one: {@code !} for the published OWL.
   */
  private static void special(Path folder, ObjectNode json, String... usual) {
    Set<String> tokens = new LinkedHashSet<>(List.of(usual));
    for (String name : List.of(CONFIG, "special_tokens_map.json")) {
      ExportFolder.json(folder, name)
          .map(config -> config.path("pad_token"))
          .map(pad -> pad.isObject() ? pad.path("content") : pad)
          .map(pad -> pad.asText(""))
          .ifPresent(tokens::add);
    }
    for (String token : tokens) {
      JsonNode id = json.path("model").path("vocab").path(token);
      if (id.isInt()) {
        ((ArrayNode) json.get("added_tokens"))
            .addObject()
            .put("id", id.asInt())
            .put("content", token)
            .put("single_word", false)
            .put("lstrip", false)
            .put("rstrip", false)
            .put("normalized", false)
            .put("special", true);
      }
    }
  }

  private static ObjectNode template(String text) {
    try {
      return (ObjectNode) ExportFolder.JSON.readTree(text);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return new String(ExportFolder.bytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw ExportFolder.unreadable(file, e);
    }
  }

  private void check(String type, int vocabulary) {
    String own = json.path("model").path("type").asText("");
    if (!own.equals(type)) {
      throw foreign(file, "is of type \"%s\"".formatted(ExportFolder.printable(own)));
    }
    int largest = -1;
    for (JsonNode id : json.path("model").path("vocab")) {
      largest = Math.max(largest, id.asInt(-1));
    }
    for (JsonNode token : json.path("added_tokens")) {
      largest = Math.max(largest, token.path("id").asInt(-1));
    }
    if (largest < 0 || largest >= vocabulary) {
      throw foreign(
          file, "has ids up to %d where the model knows %d".formatted(largest, vocabulary));
    }
  }

  /** Returns the exception for a tokenizer that does not fit the model. */
  static ImportException foreign(Path file, String why) {
    return new ImportException(
        Reason.UNSUPPORTED,
        "The file %s %s: it is the tokenizer of another model".formatted(file, why),
        "take the one that belongs to the model.");
  }

  /** Writes it as a {@code tokenizer.json}. */
  void write(Path target) throws IOException {
    if (file.getFileName().toString().equals(DetectorSpec.TOKENIZER)) {
      Files.copy(file, target);
    } else {
      Files.write(target, ExportFolder.JSON.writeValueAsBytes(json));
    }
  }
}
