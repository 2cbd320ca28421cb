package io.deixis.language.opennlp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a word can do in a noun phrase.
 *
 * <p>Listed are the words of closed classes, and those that a tagger trained on web text often gets
 * wrong in captions, where sentences are short, nouns lack articles and verbs stand in the present
 * tense. Every other word is classed by its part of speech. To mend a phrase that comes out wrong,
 * look here first.
 */
enum WordClass {
  /** Goes with one thing, so that a noun in -s behind its noun is a verb: "a dog leaps". */
  ARTICLE('a', "a an"),
  DETERMINER(
      'd',
      """
      the this these those his her its their my your our some any every several many no another
      various
      """),
  /** Determiners that also stand by themselves: "a couple, both wearing hats". */
  FLOATING_DETERMINER('f', "all both each"),
  OTHER('e', "other"),
  ONE('1', "one"),
  NUMBER('n', "few two three four five six seven eight nine ten eleven twelve"),
  COLOUR(
      'k',
      """
      black white red blue green yellow brown orange pink purple gray grey tan beige blond blonde
      brunette
      """),
  ADJECTIVE(
      'j',
      """
      little young old elderly long large steep shallow snowy grassy rocky sandy wooden wooded fallen
      striped plaid spotted stuffed hooded colored colorful shirtless teenage furry shaggy outdoor
      first second third swimming bathing shopping parking
      """),
  /** A modifier before a noun ("a smiling woman"), a verb behind one ("a woman smiling"). */
  PARTICIPLE('v', ""),
  /** Takes a noun before it: "a snow covered hill". */
  PARTICIPLE_OF_COMPOUND('y', "covered filled lined shaped clad"),
  VERB(
      'x',
      """
      sits runs leaps climbs watches stands smiles poses tries performs attempts hangs leans catches
      rides lies waits swims holds lays carries crouches kneels looks walks chases plays jumps
      crosses
      """),
  ADVERB('r', ""),
  NOUN(
      's',
      """
      someone somebody something everyone everybody nobody swing hat ramp ocean scarf creek skier
      stroller umbrella vest helmet sled snow soccer outfit building clothing painting wedding
      railing ceiling ring string king wing thing evening morning drawing opening awning gathering
      earring
      """),
  /** A noun that may be a verb: "boats", "paddles". */
  NOUN_IN_S('z', "gloves sunglasses"),
  /** One who acts, so that a noun in -s behind is a verb: "the dog paddles". */
  AGENT('g', "man woman boy girl child dog person kid guy lady toddler baby player"),
  /** Some who act, so that a lone noun behind is a verb: "people sail on a lake". */
  AGENTS('G', "people men women boys girls children dogs kids guys ladies toddlers babies players"),
  POSSESSIVE('p', ""),
  LEFT_OR_RIGHT('l', "left right leftmost rightmost"),
  MIDDLE('m', "middle center centre"),
  SIDE('t', "side"),
  /** Things to point at only as a part of something: "the outside of a house". */
  PLACE('w', "sides front background foreground distance midst outside inside"),
  PREPOSITION('i', "on to at in with"),
  OF('o', "of"),
  CONJUNCTION('c', "and or &"),
  COMMA(',', ","),
  ELSE(
      '.',
      """
      he she it they him them himself herself itself themselves who which what that there next near
      ready close while whilst upside underwater barefoot airborne
      """);

  private static final Map<String, WordClass> LISTED =
      Arrays.stream(values())
          .flatMap(listing -> listing.words.stream().map(word -> Map.entry(word, listing)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /** The class's letter in the patterns of {@link NounPhraseGrammar}. */
  final char symbol;

  private final List<String> words;

  WordClass(char symbol, String words) {
    this.symbol = symbol;
    this.words = words.isBlank() ? List.of() : List.of(words.strip().split("\\s+"));
  }

  /**
   * Returns the class of a word.
   *
   * @param word the word, without white space
   * @param tag its part of speech in Universal Dependencies ({@code NOUN}, {@code VERB} …)
   */
  static WordClass of(String word, String tag) {
    String lower = word.toLowerCase(Locale.ROOT).replace('’', '\'');
    WordClass listed = LISTED.get(lower);
    if (listed != null) {
      return listed;
    }
    if (lower.endsWith("'s") || lower.endsWith("s'")) {
      return POSSESSIVE;
    }
    return switch (tag) {
      case "NOUN", "PROPN" -> noun(lower);
      case "ADJ" -> ADJECTIVE;
      case "NUM" -> NUMBER;
      case "DET" -> DETERMINER;
      case "ADV" -> ADVERB;
      case "VERB" -> isParticiple(lower) ? PARTICIPLE : VERB;
      default -> ELSE;
    };
  }

  private static WordClass noun(String noun) {
    if (noun.endsWith("ing")) {
      return PARTICIPLE;
    }
    boolean inS = noun.endsWith("s") && !noun.matches(".*[ius]s");
    return inS ? NOUN_IN_S : NOUN;
  }

  private static boolean isParticiple(String verb) {
    return verb.endsWith("ing") || verb.endsWith("ed") || verb.endsWith("en");
  }
}
