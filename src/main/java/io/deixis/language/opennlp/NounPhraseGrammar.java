package io.deixis.language.opennlp;

import io.deixis.language.Span;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds noun phrases in a row of word classes, marked as annotators of Flickr30k Entities mark
 * them: with their determiner and modifiers, with what follows "of", without what follows any other
 * preposition. A place to the left, to the right or in the middle stays with its thing: "the dog on
 * the left".
 *
 * <p>The patterns run over one letter a word, {@link WordClass#symbol}.
 */
final class NounPhraseGrammar {

  /** How often a group repeats at most; without bounds a long caption overflows the stack. */
  private static final String FEW = "{0,12}";

  /**
   * "red", "very tall", "snow covered", "old man's". Adverbs need a word before that calls them.
   */
  private static final String MODIFIER =
      "(?:(?:(?<=[adfnjkr,c])r){0,3}(?:[jknelv]|s?y)|[szgG]{0,4}p)";

  /** As above, but a participle must open the caption or follow a determiner or preposition. */
  private static final String FIRST_MODIFIER =
      "(?:(?<=^|[adfeio])|(?<!^|[adfeio])(?!v))" + MODIFIER;

  /** "black and white", "tall, thin". */
  private static final String MODIFIERS = FIRST_MODIFIER + "(?:,?c?" + MODIFIER + ")" + FEW;

  /** "ice cream cone"; ends at "dog" in "the dog paddles", at "people" in "people sail on". */
  private static final String NOUNS = "(?<![szgG])(?:[sz]*(?:g(?=z)|G(?=s(?![szgG])))|[szgG]+)";

  /** "a small dog", "all the other dogs", "old trees". */
  private static final String PLAIN = "[df1]{0,3}(?:" + MODIFIERS + ")?" + NOUNS;

  /** "a tennis ball"; ends at "shirt" in "a man in a shirt dances". */
  private static final String AFTER_ARTICLE = "[df]{0,3}a(?:" + MODIFIERS + ",?)?[szgG][sg]*";

  /** "the other", "a red one", and nouns that the tagger takes for verbs or adjectives. */
  private static final String WITHOUT_NOUN = "[ad]{1,3}(?:" + MODIFIER + ")" + FEW + "?[jxvke1]";

  private static final String SIMPLE =
      "(?:" + AFTER_ARTICLE + "|" + PLAIN + "|" + WITHOUT_NOUN + ")";

  /** "the left side" of a road, "two" of the men. */
  private static final String PART = "(?:[ad]{1,3}(?:" + MODIFIERS + ")?[wmtl]|[dfn])(?=o)";

  /** "a group of people", "one". */
  private static final String WITH_OF =
      "(?:" + SIMPLE + "|" + PART + "|1)(?:o" + SIMPLE + ")" + FEW;

  /** "in white", "wearing all black". */
  private static final String COLOUR_ALONE = "(?<=[iv])f?k(?![kc])";

  /**
   * "on the far left", "on the right hand side", "in the middle"; not "on the left side of a road".
   */
  private static final String RELATION = "(?:id?[jkr]?(?:l(?:s?t)?|m)(?![oszgGjkpt]))?";

  private static final Pattern PHRASE =
      Pattern.compile("(?:" + WITH_OF + "|" + COLOUR_ALONE + ")" + RELATION);

  private NounPhraseGrammar() {}

  /** Returns the noun phrases of a caption in reading order; they do not overlap. */
  static List<Span> phrases(List<Word> words) {
    String symbols =
        words.stream()
            .map(word -> String.valueOf(word.wordClass().symbol))
            .collect(Collectors.joining());
    return PHRASE
        .matcher(symbols)
        .results()
        .map(
            found ->
                new Span(
                    words.get(found.start()).span().start(),
                    words.get(found.end() - 1).span().end()))
        .toList();
  }
}
