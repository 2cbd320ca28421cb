package io.deixis.language.opennlp;

import static io.deixis.language.opennlp.TaggedText.words;

import io.deixis.language.Reading;
import io.deixis.language.Reading.Relation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A noun with its adjectives, from where it starts to where something is said of it. Plurals come
 * into the singular, and ask for all.
 */
final class NounGrammar {

  private static final Pattern EVERYBODY =
      words("everybody|everyone|every person|all persons|all humans|everything");

  private static final Pattern SOMEBODY = words("somebody|someone|anybody|anyone");

  private static final Pattern SOMETHING =
      words("(?:something|anything)(?= else| but| except| that| which| on| in| under| next|$)");

  private static final Pattern THE_SAME = words("(?:the )?(?:one|ones|other|others)");

  private static final Pattern THEM = words("them|us|these|those");

  /** What ends a noun phrase. */
  static final Pattern STARTER =
      words(
          "'s|on|in|at|to|by|with|w/|without|near|from|under|underneath|below|beneath|above|over|behind|beside|besides|between"
              + "|inside|within|into|onto|upon|atop|against|opposite|alongside|adjacent|next|of|for|and|or|but|not|is|are|was|were|has|have|had|does|do|did|that|who|which|whose|where|while|when|as|other"
              + " than|except|excluding|rather|instead"
              + "|apart|aside|,|closest|nearest|farthest|furthest|closer|nearer|away|along|across|around|through|towards?|among|amongst|amid|there|here|all"
              + " the way|in-between|dressed|wearing|holding|carrying|second|third|fourth|fifth|number"
              + " (?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten)|last|please|far"
              + " (?:left|right|away)|most|down|up|off|out|asleep|awake|barefoot|being|extreme"
              + " (?:left|right)");

  private static final Pattern ORDER_STARTER =
      words(
          "leftmost|rightmost|left of|right of|left (?:in|from)|right from|most"
              + " to|(?:right|just|directly)"
              + " (?:above|below|under|underneath|behind|beside|next|on|in|at"
              + "|by|near|between|over)|(?:(?:top|upper|bottom|lower) )?(?:left|right)(?: side|"
              + " corner)?(?= ,|$)|(?:\\w+ed|held|worn|ridden|driven|thrown|caught|led|drawn|eaten)"
              + " by");

  /** Behind a noun these tell how it is. */
  private static final Set<String> STATES =
      Set.of(
          "parked",
          "seated",
          "placed",
          "located",
          "covered",
          "tied",
          "attached",
          "mounted",
          "perched",
          "made");

  static final Set<String> NOUNS_IN_ING =
      Set.of(
          "painting",
          "building",
          "clothing",
          "railing",
          "ceiling",
          "earring",
          "ring",
          "string",
          "wing",
          "king",
          "swing",
          "awning",
          "drawing",
          "crossing",
          "thing",
          "wedding",
          "sling",
          "spring",
          "icing",
          "frosting",
          "stocking",
          "carving",
          "siding");

  private final TaggedText text;
  private final QueryParser parser;
  private final PlaceGrammar places;

  NounGrammar(TaggedText text, QueryParser parser, PlaceGrammar places) {
    this.text = text;
    this.parser = parser;
    this.places = places;
  }

  /**
   * Reads a noun phrase; false if there is none.
   *
   * @param said what may follow the noun behind "of"
   */
  boolean read(Draft draft, QueryParser.Said said) {
    if (pronoun(draft)) {
      return true;
    }
    int start = text.position();
    boolean seen = false;
    boolean plural = false;
    StringBuilder words = new StringBuilder();
    while (!text.atEnd() && !boundary(draft, seen, words.isEmpty())) {
      boolean noun = isNoun(seen);
      String word = text.next();
      plural =
          (noun || text.atEnd() || text.word(0).matches("are|on|in|at"))
              && QueryWords.isPlural(word);
      seen |= noun;
      words.append(words.isEmpty() ? "" : " ").append(word);
      if (seen && isOf(words.toString(), word)) {
        text.next();
        if (isOfOne(draft, words.toString(), said)) {
          break;
        }
        return of(draft, words);
      }
    }
    if (words.isEmpty()) {
      return bare(draft, start);
    }
    if (!seen && words.toString().matches("(?:.* )?(?:hello|hi|yes|no|ok|thanks|the|an?)")) {
      return false;
    }
    draft.target.append(words);
    finish(draft, plural);
    return true;
  }

  /** Whether "of" follows that goes on with the noun; not "the shirt of the man", "two of them". */
  private boolean isOf(String words, String last) {
    boolean worn =
        QueryWords.CLOTHES.contains(last)
            && !last.equals("top")
            && QueryWords.DETERMINERS.contains(text.word(1))
            && text.tag(2).matches("NOUN|ADJ|PROPN");
    return text.word(0).equals("of")
        && !worn
        && !text.word(1).matches("all|them")
        && !(QueryWords.NUMBERS.containsKey(text.word(2)) && text.word(3).isEmpty())
        && !words.matches(".* (?:top|front|back)|.*\\b(?:left|right|middle)");
  }

  /** "cup of coffee": reads what follows "of" into the noun phrase. */
  private boolean of(Draft draft, StringBuilder words) {
    while (QueryWords.DETERMINERS.contains(text.word(0))) {
      text.next();
    }
    words.append(" of");
    int first = text.position();
    while (!text.atEnd() && !boundary(draft, text.position() > first, false)) {
      words.append(' ').append(text.next());
    }
    draft.target.append(words);
    return text.position() > first;
  }

  /** "those", "the first two": a thing of which nothing is said but the order. */
  private boolean bare(Draft draft, int start) {
    boolean those = text.word(-1).matches("these|those");
    boolean ofOrder = !draft.relations.isEmpty() || draft.place > 0 || draft.number != 1;
    if (!those && !ofOrder && !(start == 0 && text.position() == 0 && startsWithPlace())) {
      return false;
    }
    draft.target.append("thing");
    draft.number = those ? Reading.ALL : draft.number;
    return true;
  }

  /** "everybody", "someone". */
  private boolean pronoun(Draft draft) {
    if (text.take(EVERYBODY)) {
      draft.target.append(text.word(-1).equals("everything") ? "thing" : "person");
      draft.number = Reading.ALL;
    } else if (text.take(SOMEBODY)) {
      draft.target.append("person");
    } else if (text.take(SOMETHING)) {
      draft.target.append("thing");
    } else if (text.take(THE_SAME) || draft.number != 1 && text.take(THEM)) {
      draft.target.append("thing");
      boolean all = text.word(-1).matches("ones|others") && draft.number == 1;
      draft.number = all ? Reading.ALL : draft.number;
      return true;
    }
    if (!draft.target.isEmpty() && text.word(0).equals("else")) {
      text.next();
      draft.relate("other", 1);
    }
    return !draft.target.isEmpty();
  }

  /**
   * "the wheel of the closest cab" is of one that is told from others; "the wheel of the cab" is a
   * noun phrase by itself.
   */
  private boolean isOfOne(Draft draft, String words, QueryParser.Said said) {
    int start = text.position();
    if (QueryWords.CONTAINERS.contains(RelationGrammar.head(words))) {
      return false;
    }
    Optional<Reading> whole = parser.expression(said);
    if (whole.isEmpty()
        || whole.get().relations().isEmpty() && whole.get().attributes().isEmpty()) {
      return text.back(start);
    }
    draft.relations.add(new Relation("of", 1, List.of(whole.get()), false));
    return true;
  }

  private boolean startsWithPlace() {
    int position = text.position();
    boolean place = places.place(new Draft(position));
    text.moveTo(position);
    return place;
  }

  /** Puts the noun into the singular, and asks for all where it was a plural. */
  private static void finish(Draft draft, boolean plural) {
    if (plural) {
      String noun = draft.noun();
      draft.target.setLength(draft.target.length() - noun.length());
      draft.target.append(QueryWords.singular(noun));
      boolean told =
          draft.relations.stream()
              .anyMatch(
                  r ->
                      r.place() > 1
                          || QueryWords.ORDERS.containsValue(r.name())
                              && !r.name()
                                  .matches("left|right|foreground|background|middle|top|bottom"));
      if (draft.number == 1 && !told && draft.place == 0) {
        draft.number = Reading.ALL;
      }
    } else if (draft.number > 1 && draft.noun().equals("glasses")) {
      draft.target.setLength(draft.target.length() - "es".length());
    }
  }

  private boolean isNoun(boolean seen) {
    return text.tag(0).matches("NOUN|PROPN")
        || QueryWords.isGarment(text.word(0))
        || QueryWords.isAlive(text.word(0))
        || seen;
  }

  /** Whether the noun phrase ends before the next word. */
  private boolean boundary(Draft draft, boolean seen, boolean first) {
    String word = text.word(0);
    if (!first && goesOn(seen)) {
      return false;
    }
    if (starts(seen)) {
      boolean wellDressed = word.equals("dressed") && text.word(-1).matches("well|\\w+ly");
      boolean adjective = !seen && word.matches("barefoot|asleep|awake");
      boolean numbered =
          first && word.equals("number") && text.word(-1).matches("with|wearing|has|in");
      return !wellDressed && !adjective && !numbered;
    }
    if (!first && (QueryWords.DETERMINERS.contains(word) || word.matches("he|she|they"))) {
      return true;
    }
    if (!first && word.matches("[1-9]")) {
      return !QueryWords.NUMBERED_BY_NAME.contains(text.word(-1));
    }
    return seen && !text.word(-1).endsWith("'s") && isSaidOfNoun(draft);
  }

  /** "a black and white dog", "a big, black dog". */
  private boolean goesOn(boolean seen) {
    return switch (text.word(0)) {
      case "and" ->
          seen
              ? QueryWords.COLOURS.contains(text.word(-1))
                  && QueryWords.COLOURS.contains(text.word(1))
              : !text.tag(1).matches("VERB|AUX|DET");
      case "," ->
          !seen
              && text.tag(1).equals("ADJ")
              && !text.word(1).matches("left|right|top|bottom|.*est");
      default -> false;
    };
  }

  private boolean starts(boolean seen) {
    int position = text.position();
    boolean starter = text.take(STARTER) || seen && text.take(ORDER_STARTER);
    text.moveTo(position);
    return starter;
  }

  /** Whether the next word, behind a noun, is none itself: what somebody does, wears, how it is. */
  private boolean isSaidOfNoun(Draft draft) {
    String word = text.word(0);
    boolean doing = word.endsWith("ing") && !NOUNS_IN_ING.contains(word);
    if (QueryWords.isPerson(text.word(-1)) && clothing()
        || QueryWords.isAlive(text.word(-1)) && doing) {
      return true;
    }
    if (draft.article
        && text.tag(0).equals("NOUN")
        && QueryWords.isPlural(word)
        && text.word(1).matches("at|to|on|in|with|the|a|an|his|her|through|over|")) {
      return !word.equals(text.word(-1)) && !text.word(1).isEmpty();
    }
    if (doing) {
      return !(text.tag(0).equals("NOUN") && text.tag(1).matches("NOUN|PROPN"));
    }
    return text.tag(0).equals("ADV") || STATES.contains(word) || isVerb();
  }

  private boolean isVerb() {
    String word = text.word(0);
    boolean coloured = QueryWords.COLOURS.contains(text.word(-1)) && !word.endsWith("ed");
    boolean can = word.equals("can") && !text.tag(1).matches("VERB|AUX|PRON");
    return text.tag(0).matches("VERB|AUX|PRON")
        && !can
        && !isNounForOne()
        && !(coloured && text.tag(0).equals("VERB"))
        && !QueryWords.CLOTHES.contains(word)
        && !QueryWords.isPerson(word);
  }

  /** "a stop sign": one stop does not sign, it would have to be "signs". */
  private boolean isNounForOne() {
    return text.tag(0).equals("VERB")
        && text.word(0).matches("(?!close)\\w{3,}(?<!s|ed|en|ing)")
        && !TaggedText.PAST.contains(text.word(0))
        && text.tag(-1).equals("NOUN")
        && !QueryWords.isAlive(text.word(-1))
        && !QueryWords.isPlural(text.word(-1));
  }

  /** "guy blue shirt": a colour and something to wear end the words. */
  boolean clothing() {
    if (!QueryWords.COLOURS.contains(text.word(0))) {
      return false;
    }
    int last = QueryWords.COLOURS.contains(text.word(1)) ? 2 : 1;
    return QueryWords.CLOTHES.contains(text.word(last))
        && text.word(last + 1).matches(",|in|on|at|to|near|next|and|");
  }
}
