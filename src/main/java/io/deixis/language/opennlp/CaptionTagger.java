package io.deixis.language.opennlp;

import io.deixis.language.Span;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTagger;
import opennlp.tools.postag.POSTaggerME;

/** Splits a caption into words and classes them. Thread-safe. */
final class CaptionTagger {

  /** A letter or digit with its combining marks and joiners. */
  private static final String LETTER = "[\\p{L}\\p{N}][\\p{M}\\p{Cf}]*";

  /**
   * An abbreviation or a decimal number, whose dots end no sentence; a word with its hyphens,
   * apostrophes and possessive ending, which may stand apart ("a man 's hat") and which OpenNLP's
   * tokenizers would cut off; or one other character with what is joined to it. What repeats is
   * taken without going back, which would need a stack as deep as the word is long.
   */
  private static final Pattern WORD =
      Pattern.compile(
          "(?:\\b\\p{L}\\.){2,}+|\\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr)\\.(?=\\s?\\p{Lu})|\\p{N}+(?:[.,]\\p{N}+)++"
              + "|(?:LETTER)++(?:(?:['’]?[-\u2010\u2011]|['’])(?:LETTER)++)*+(?:\\s['’]s\\b|(?<=s)\\s?['’](?=\\s\\p{L}))?"
                  .replace("LETTER", LETTER)
              + "|[^\\s\\p{L}\\p{N}](?:[\\p{M}\\p{Cf}]+[^\\s\\p{L}\\p{N}]?)*+");

  /** What stands between a thing and a verb: " on the left " in "the dog on the left barks". */
  private static final Pattern PLACE_OF_THING =
      Pattern.compile(
          "\\s(?:(?:on|to|at)\\sthe\\s(?:\\p{L}+\\s)?(?:left|right)(?:\\s(?:hand\\s)?side)?"
              + "|in\\sthe\\s(?:\\p{L}+\\s)?(?:middle|cent(?:er|re))"
              + "|at\\sthe\\s(?:very\\s)?(?:back|front|rear|top|bottom))\\s",
          Pattern.CASE_INSENSITIVE);

  private static final Set<WordClass> ONE_THING =
      EnumSet.of(WordClass.NOUN, WordClass.AGENT, WordClass.ONE);

  private final POSTagger tagger;

  /**
   * Creates a tagger.
   *
   * @param model an English model with the tags of Universal Dependencies
   */
  CaptionTagger(POSModel model) {
    this.tagger = new POSTaggerME(model);
  }

  /** Returns the words of {@code caption} in reading order, punctuation included. */
  List<Word> words(String caption) {
    List<Span> spans =
        WORD.matcher(caption).results().map(word -> new Span(word.start(), word.end())).toList();
    String[] texts =
        spans.stream()
            .map(span -> plain(span.of(caption)).replaceAll("\\s", ""))
            .toArray(String[]::new);
    String[] tags = tags(texts);
    List<Span> fixed = FixedExpressions.in(caption);
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      Span span = spans.get(i);
      WordClass wordClass =
          isWithin(span, fixed) ? WordClass.ELSE : WordClass.of(texts[i], tags[i]);
      words.add(new Word(span, wordClass));
    }
    return withVerbsBehindPlaces(caption, words);
  }

  /** Returns a text with composed letters and plain hyphens, as in the tagger's training text. */
  static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("[\\u2010\\u2011]", "-");
  }

  /**
   * Takes a noun in -s for a verb behind the place of one thing: "barks" in "the dog on the left
   * barks". Behind the place of several things it stays a noun: "cars in the middle lanes".
   */
  private static List<Word> withVerbsBehindPlaces(String caption, List<Word> words) {
    Set<Integer> verbs =
        PLACE_OF_THING
            .matcher(caption)
            .results()
            .filter(place -> isOneThing(words, place.start()))
            .map(MatchResult::end)
            .collect(Collectors.toSet());
    return words.stream()
        .map(
            word ->
                word.wordClass() == WordClass.NOUN_IN_S && verbs.contains(word.span().start())
                    ? new Word(word.span(), WordClass.VERB)
                    : word)
        .toList();
  }

  /** Whether the word that ends at {@code end} names one thing. */
  private static boolean isOneThing(List<Word> words, int end) {
    return words.stream()
        .anyMatch(word -> word.span().end() == end && ONE_THING.contains(word.wordClass()));
  }

  /**
   * Returns the parts of speech of words. The tagger takes many words with hyphens, and some with
   * rare letters, for punctuation. The last part of such a word then stands for it, and what stays
   * punctuation though it has letters is a noun.
   */
  String[] tags(String[] words) {
    String[] tags = tag(words);
    String[] heads = words.clone();
    for (int i = 0; i < words.length; i++) {
      if (isMistaken(words[i], tags[i])) {
        heads[i] = words[i].substring(words[i].lastIndexOf('-') + 1);
      }
    }
    if (Arrays.equals(heads, words)) {
      return nounsForMistakes(words, tags);
    }
    return nounsForMistakes(heads, tag(heads));
  }

  private static String[] nounsForMistakes(String[] words, String[] tags) {
    String[] mended = tags.clone();
    for (int i = 0; i < words.length; i++) {
      if (isMistaken(words[i], tags[i])) {
        mended[i] = "NOUN";
      }
    }
    return mended;
  }

  /** Whether a tag is none for a word with letters: punctuation, or a possessive within a word. */
  private static boolean isMistaken(String word, String tag) {
    return tag.matches("PUNCT|SYM") && Character.isLetter(word.codePointAt(0))
        || tag.contains("+") && word.matches(".*['’]-.*");
  }

  /** The tagger keeps its last result, so that only one thread at a time may use it. */
  private synchronized String[] tag(String[] words) {
    return tagger.tag(words);
  }

  private static boolean isWithin(Span span, List<Span> expressions) {
    return expressions.stream()
        .anyMatch(
            expression -> expression.start() <= span.start() && span.end() <= expression.end());
  }
}
