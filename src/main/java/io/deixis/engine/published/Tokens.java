package io.deixis.engine.published;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.deixis.engine.torch.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Phrases as the token ids of a {@code tokenizer.json}. Thread-safe.
 *
 * <p>Grounding DINO reads all phrases in one text, each ended by a full stop. Which tokens begin
 * and end a text, and which end a phrase, is built into its graph: the ids of BERT.
 */
public final class Tokens implements AutoCloseable {

  private static final long CLS = 101;
  private static final long SEP = 102;
  private static final long FULL_STOP = 1012;
  private static final long QUESTION_MARK = 1029;
  private static final long UNKNOWN = 100;
  private static final Set<Long> DELIMITERS = Set.of(CLS, SEP, FULL_STOP, QUESTION_MARK);

  /** Padding and length are decided here, whatever the file says. */
  private static final Map<String, String> PLAIN =
      Map.of("padding", "false", "truncation", "false");

  private final HuggingFaceTokenizer tokenizer;

  private Tokens(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Loads a tokenizer.
   *
   * @throws EngineException if the file is none
   */
  public static Tokens load(Path file) {
    try (InputStream definition = Files.newInputStream(file)) {
      return new Tokens(HuggingFaceTokenizer.newInstance(definition, PLAIN));
    } catch (IOException | RuntimeException e) {
      throw new EngineException(
          "The file %s is no tokenizer that can be read".formatted(file),
          "save the model's tokenizer again with AutoTokenizer.from_pretrained(…)"
              + ".save_pretrained(…) of transformers.",
          e);
    }
  }

  /** Returns a text's ids with the marks of beginning and end. */
  public long[] marked(String text) {
    return tokenizer.encode(text).getIds();
  }

  /** Returns whether the tokenizer has BERT's ids, which a Grounding DINO relies on. */
  public boolean isBert() {
    return Arrays.equals(marked("."), new long[] {CLS, FULL_STOP, SEP});
  }

  /**
   * Returns a phrase as OWL reads it: its ids with the marks of beginning and end, cut so that the
   * mark of the end is kept, and filled up with 0, which is not attended to.
   *
   * @param length of the result
   */
  public long[] padded(String phrase, int length) {
    long[] ids = marked(phrase.strip());
    long[] padded = Arrays.copyOf(ids, length);
    if (ids.length > length) {
      padded[length - 1] = ids[ids.length - 1];
    }
    return padded;
  }

  /**
   * Returns a phrase as Grounding DINO reads it: in lower case, without marks and without what
   * would end it.
   *
   * @param most ids at most
   * @return at least one id
   */
  public long[] pieces(String phrase, int most) {
    String text = phrase.strip().toLowerCase(Locale.ROOT);
    long[] pieces =
        Arrays.stream(tokenizer.encode(text, false, false).getIds())
            .filter(id -> !DELIMITERS.contains(id))
            .limit(most)
            .toArray();
    return pieces.length == 0 ? new long[] {UNKNOWN} : pieces;
  }

  /** Returns how many ids a prompt of a phrase's pieces adds: they and a full stop. */
  static int length(long[] pieces) {
    return pieces.length + 1;
  }

  /**
   * All phrases of one text.
   *
   * @param ids with the marks of beginning and end
   * @param starts where each phrase begins among them
   */
  record Prompt(long[] ids, int[] starts) {

    /** The marks of beginning and end. */
    static final int MARKS = 2;

    /** Joins phrases, each ended by a full stop. */
    static Prompt of(List<long[]> phrases) {
      List<Long> ids = new ArrayList<>(List.of(CLS));
      int[] starts = new int[phrases.size()];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = ids.size();
        ids.addAll(Arrays.stream(phrases.get(i)).boxed().collect(Collectors.toList()));
        ids.add(FULL_STOP);
      }
      ids.add(SEP);
      return new Prompt(ids.stream().mapToLong(Long::longValue).toArray(), starts);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
