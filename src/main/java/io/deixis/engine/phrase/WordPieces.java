package io.deixis.engine.phrase;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.deixis.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Splits phrases into the word pieces of all-MiniLM-L6-v2 (lower-cased WordPiece, 30,522 pieces).
 */
final class WordPieces implements AutoCloseable {

  private static final String RESOURCE = "/all-minilm-l6-v2-tokenizer.json";

  private final HuggingFaceTokenizer tokenizer;

  private WordPieces(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  static WordPieces load() throws IOException {
    try (InputStream definition = WordPieces.class.getResourceAsStream(RESOURCE)) {
      // The file's own padding to 128 pieces is switched off: it would make every phrase cost 128.
      return new WordPieces(
          HuggingFaceTokenizer.newInstance(
              definition, Map.of("padding", "false", "truncation", "true", "maxLength", "128")));
    }
  }

  /** Returns the SHA-256 of what the pieces follow from. */
  static String fingerprint() throws IOException {
    try (InputStream definition = WordPieces.class.getResourceAsStream(RESOURCE)) {
      return Sha256.of(definition);
    }
  }

  /** Returns each text's pieces, between the marks of beginning and end. */
  List<TokenisedText> split(List<String> texts) {
    return texts.stream()
        .map(text -> tokenizer.encode(text))
        .map(encoding -> new TokenisedText(encoding.getIds(), encoding.getCharTokenSpans()))
        .toList();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
