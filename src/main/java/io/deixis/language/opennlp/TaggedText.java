package io.deixis.language.opennlp;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a query, in lower case and separated by single blanks, with their parts of speech
 * and a position that moves on as words are taken.
 */
final class TaggedText {

  private final String text;
  private final String[] words;
  private final String[] tags;
  private final int[] starts;
  private int position;
  private int end;
  private Matcher taken;

  TaggedText(String[] words, String[] tags) {
    this.words = words;
    this.tags = tags;
    this.text = String.join(" ", words);
    this.end = words.length;
    this.starts = new int[words.length + 1];
    for (int i = 0; i < words.length; i++) {
      starts[i + 1] = starts[i] + words[i].length() + 1;
    }
  }

  /** Returns a pattern of whole words for {@link #take}. */
  static Pattern words(String pattern) {
    return Pattern.compile("(?:" + pattern + ")(?= |$)");
  }

  boolean atEnd() {
    return position >= end;
  }

  /**
   * Reads the words from one position to another as if there were no more behind them.
   *
   * @return what was read, if it was all of them; the position then is behind them
   */
  <T> Optional<T> within(int from, int to, Supplier<Optional<T>> reads) {
    int outer = end;
    position = from;
    end = to;
    try {
      return reads.get().filter(read -> position == to);
    } finally {
      end = outer;
    }
  }

  int position() {
    return position;
  }

  void moveTo(int earlier) {
    position = earlier;
  }

  /** Moves back to a position; false, for those who then have read nothing. */
  boolean back(int earlier) {
    position = earlier;
    return false;
  }

  /** Returns the word so many places from here, the empty one beyond the ends. */
  String word(int ahead) {
    int at = position + ahead;
    return at < 0 || at >= end ? "" : words[at];
  }

  /** As {@link #word}, its part of speech. */
  String tag(int ahead) {
    int at = position + ahead;
    return at < 0 || at >= end ? "" : tags[at];
  }

  String next() {
    return words[position++];
  }

  /** Moves behind the pattern if the next words match it. */
  boolean take(Pattern pattern) {
    if (atEnd()) {
      return false;
    }
    taken = pattern.matcher(text).region(starts[position], starts[end] - 1);
    taken.useTransparentBounds(true);
    if (!taken.lookingAt()) {
      return false;
    }
    int to = taken.end();
    while (starts[position] < to) {
      position++;
    }
    return true;
  }

  /** Returns a group of what was taken last, the empty string if it took no part. */
  String group(int index) {
    String group = taken.groupCount() < index ? null : taken.group(index);
    return group == null ? "" : group;
  }

  /** Returns the words from one position to another. */
  String between(int from, int to) {
    return from >= to ? "" : text.substring(starts[from], starts[to] - 1);
  }

  /** Returns the words from one position on. */
  String rest(int from) {
    return from >= words.length ? "" : text.substring(starts[from]);
  }

  /** Returns how many words a pattern matches. */
  long count(String pattern) {
    return Arrays.stream(words).filter(word -> word.matches(pattern)).count();
  }

  /** Whether some word is followed by somebody or something else: "the ball he", "bike the". */
  boolean namesTwoInARow() {
    for (int i = 1; i < words.length; i++) {
      if (words[i].matches("he|she|they|the|an?|his|her|their")
          && !tags[i - 1].matches("ADP|CCONJ|SCONJ|DET|PRON|AUX|PUNCT|NUM")
          && (!words[i - 1].endsWith("ing") || NounGrammar.NOUNS_IN_ING.contains(words[i - 1]))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a noun is followed by a verb that makes a statement of it: "a man waves". */
  boolean isStatement() {
    boolean noun = false;
    boolean article = false;
    for (int i = 0; i < words.length; i++) {
      boolean another = article && noun && QueryWords.isPlural(words[i]) && i + 1 < words.length;
      if (noun && states(i) || another && tags[i].equals("NOUN") && tags[i - 1].equals("NOUN")) {
        return true;
      }
      article = tags[i].equals("DET") ? words[i].matches("an?") : article;
      noun |= tags[i].matches("NOUN|PROPN");
    }
    return false;
  }

  /**
   * Whether these are things in a row: "the dog , the cat"; not "the man , the bottom" nor "the man
   * , the red hat".
   */
  boolean isListOfThings() {
    boolean comma = false;
    for (int i = 0; i < words.length; i++) {
      boolean last = i + 1 == words.length || words[i + 1].matches(",|and|or");
      if (words[i].matches(",|and|or")) {
        comma |= words[i].equals(",");
        if (last && !words[i].equals(",")) {
          return false;
        }
      } else if (last ? !namesThing(i) : !tags[i].matches("DET|ADJ|NOUN|PROPN")) {
        return false;
      }
    }
    return comma;
  }

  private boolean namesThing(int at) {
    return switch (WordClass.of(words[at], tags[at])) {
      case NOUN, NOUN_IN_S, AGENT, AGENTS ->
          !words[at].matches("top|bottom|back|corner|rear|end|row|line|lane")
              && !QueryWords.CLOTHES.contains(words[at]);
      default -> false;
    };
  }

  private boolean states(int at) {
    String word = words[at];
    if (tags[at].equals("AUX")) {
      return word.matches("is|are|was|were");
    }
    boolean behind = at + 1 < words.length;
    boolean ofPreposition = at > 0 && tags[at - 1].matches("ADP|SCONJ"); // "women on bikes"
    return tags[at].equals("VERB")
        && !ofPreposition
        && !word.matches(".*(?:ing|ed|en)|left|seen|held|made|shot|cut|worn|lit|set|close|.*est")
        && (behind || word.endsWith("s"))
        && agrees(at);
  }

  /** Verbs of the past that do not end in -ed. */
  static final Set<String> PAST =
      Set.of(
          ("sat stood ran rode threw caught went came took gave fell flew swam sang spoke wrote"
                  + " drove ate drank hit let put read won wore")
              .split(" "));

  /** A verb without an ending has several who do it: "a pink sign" does not tell what pinks do. */
  private boolean agrees(int at) {
    if (words[at].endsWith("s") || PAST.contains(words[at])) {
      return true;
    }
    for (int i = 0; i < at; i++) {
      if (words[i].equals("and") || QueryWords.isPlural(words[i])) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return text;
  }
}
