package io.deixis.training.phrases;

import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Distinct phrases in the order in which they are encoded. It follows from the phrases alone, so
 * that the same ones always share a batch and get the same vectors to the last bit.
 *
 * @param texts the words of all phrases, short ones first
 * @param mentions the phrases that stand in a sentence; those of one sentence come together, so
 *     that it is read once or twice
 */
record PhraseOrder(List<String> texts, List<ContextualPhrase> mentions) {

  /** Phrases that are kept together: a kill costs no more. A multiple of the encoder's batch. */
  static final int CHUNK = 4096;

  /** Orders phrases. */
  static PhraseOrder of(Collection<ContextualPhrase> phrases) {
    List<String> texts =
        new ArrayList<>(new TreeSet<>(phrases.stream().map(ContextualPhrase::text).toList()));
    texts.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    List<ContextualPhrase> mentions =
        new ArrayList<>(phrases.stream().filter(phrase -> !phrase.isAlone()).distinct().toList());
    mentions.sort(
        Comparator.comparingInt((ContextualPhrase phrase) -> phrase.sentence().length())
            .thenComparing(ContextualPhrase::sentence)
            .thenComparingInt(ContextualPhrase::start)
            .thenComparing(ContextualPhrase::text));
    return new PhraseOrder(texts, mentions);
  }

  /** Returns how many encodings there are. */
  int size() {
    return texts.size() + mentions.size();
  }

  /** Returns the texts in chunks. */
  List<List<String>> textChunks() {
    return parts(texts, CHUNK);
  }

  /** Returns the phrases that stand in a sentence in chunks. */
  List<List<ContextualPhrase>> mentionChunks() {
    return parts(mentions, CHUNK);
  }

  /** Returns a list's parts of {@code size}, the last of which may be smaller. */
  static <T> List<List<T>> parts(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return parts;
  }

  /** Returns the SHA-256 over all phrases in order. */
  String fingerprint() {
    StringBuilder hashes = new StringBuilder();
    for (List<String> chunk : textChunks()) {
      hashes.append(hash(String.join("\n", chunk))).append('\n');
    }
    for (List<ContextualPhrase> chunk : mentionChunks()) {
      hashes.append(hash(String.join("\n", chunk.stream().map(Object::toString).toList())));
    }
    return hash(hashes.toString());
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
