package io.deixis.language.opennlp;

import static io.deixis.language.opennlp.TaggedText.words;

import io.deixis.language.Reading;
import io.deixis.language.Reading.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a referring expression from left to right: a noun phrase with what stands before its noun
 * ("the second biggest"), and what follows it ("on the left", "next to the tree", "who is not in
 * red"). A relation belongs to the nearest noun before it.
 */
final class QueryParser {

  private static final String IN_PICTURE =
      " (?:of|in) (?:the |this )?(?:picture|photo|photograph|image|frame|scene|screen|shot|view)";
  private static final String CAMERA =
      "(?:the )?(?:camera|viewer|photographer|observer|us|me|you|here)";
  private static final String ORDINAL =
      "(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\\d+(?:st|nd|rd|th))";

  private static final Pattern PICTURE =
      words(
          "(?:in|of|on|from) (?:the |this"
              + " )?(?:picture|photo|photograph|image|frame|scene|screen|shot|view)");
  private static final Pattern FILLER =
      words(
          "of all|of them(?: all)?|of the (?:two|three|four|lot|group|bunch)|out there|over"
              + " there|there|here|anywhere|somewhere|please");
  private static final Pattern CORNER =
      words(
          "(?:(?:on|to|at|in|towards?) )?(?:the )?(?:far )?(top|upper|bottom|lower)(?:"
              + " |-)(left|right)(?:(?: |-)?hand)?(?: (?:corner|side|part|edge|area))?(?:"
              + IN_PICTURE
              + ")?(?! of)");
  private static final Pattern ANY_CORNER =
      words("in (?:the|a) corner(?:" + IN_PICTURE + ")?(?! of)");
  private static final Pattern COUNTED =
      words(
          "(?:the )?(?:number (\\w+)|"
              + ORDINAL
              + "(?: one)?)(?: when)?(?: counting| counted)?(?: in)? (?:from|on|to) (?:the )?(?:far"
              + " )?(left|right|top|bottom)(?:(?: |-)?hand)?(?: side)?");
  private static final Pattern COUNTED_LAST =
      words(
          "(?:the )?(second to last|second last|next to last|last)(?: one)?(?: counting)?"
              + " (?:from|on|to) (?:the )?(left|right|top|bottom)(?: side)?");
  private static final Pattern NUMBERED = words("number (\\w+)");
  private static final Pattern COUNTING =
      words(
          "(?:when )?(?:counting |counted )?from (?:the )?(?:far )?(left|right|top|bottom)"
              + "(?: to (?:the )?(?:left|right|top|bottom))?(?: side)?");
  private static final Pattern SIDE =
      words(
          "(?:all the way )?(?:over )?(?:on|to|at|in|towards?) (?:the )?"
              + "(?:(?:far|very|extreme|outer|utmost) )?(left|right|top|bottom)(?:most)?"
              + "(?:(?: |-)?hand)?+(?: (?:side|edge|half|part|end))?+(?:"
              + IN_PICTURE
              + "|(?! of| from))");
  private static final Pattern MIDDLE =
      words(
          "(?:right |directly )?in (?:the )?(?:very |exact )?(?:middle|center|centre)"
              + "(?:"
              + IN_PICTURE
              + "| of the (?:two|three|four|five|group|row)|(?! of))");
  private static final Pattern BETWEEN_THEM =
      words(
          "in(?: |-)?between(?: (?:the )?(?:other two|two others|others)(?: \\w+)?|(?= ,|$))"
              + "|between (?:the )?(?:other two|two others|others)(?: \\w+)?");
  private static final Pattern FOREGROUND =
      words(
          "(?:in|at|into|up|on) (?:the )?(?:very )?(?:foreground|front)(?:"
              + IN_PICTURE
              + "|(?! of))");
  private static final Pattern BACKGROUND =
      words(
          "(?:way )?(?:in|at|into|on) (?:the )?(?:far |very )?(?:background|back|rear|distance)"
              + "(?:"
              + IN_PICTURE
              + "|(?! of))|far away|in back(?! of)");
  private static final Pattern CLOSEST =
      words("(?:the )?(?:closest|nearest|nearer|closer|close|near)(?: to)? " + CAMERA);
  private static final Pattern FARTHEST =
      words(
          "(?:the )?(?:farthest|furthest|farther|further|most distant)(?: away)?(?:(?: back)?(?:"
              + " from "
              + CAMERA
              + ")?|(?= ,|$))(?! away| from| to| left| right| up| down)");
  private static final Pattern NEAR_EDGE =
      words(
          "(?:the )?(?:closest|nearest|nearer|closer)(?: to)? (?:the )?(left|right|top|bottom)"
              + "(?: (?:edge|side|border))?(?:"
              + IN_PICTURE
              + ")?(?! of)");
  private static final Pattern FAR_SIDE =
      words(
          "(?:the )?(?:farthest|furthest|most)(?: to)?(?: the)? (left|right)(?! of)|most to the"
              + " (left|right)");
  private static final Pattern ORDER_BEHIND =
      words(
          "(?:the )?(?:"
              + ORDINAL
              + " )?([a-z-]+est|leftmost|rightmost|topmost|uppermost|lowermost|bottommost|bigger|larger|smaller|taller|closer|nearer)(?:"
              + " (?:one|\\w+ here))?(?: of (?:all|them all|them|the (?:two|three|four|lot))(?="
              + " |$))?(?= ,| and|$| in the| on the| with| who| that)");

  private static final Pattern RELATIVE =
      words(
          "(?:, )?(?:that|who|which)(?: (is|are|was|were|be))?(?:"
              + " (?:currently|also|now|just|all|both|the one))*|(is|are)(?:"
              + " (?:currently|also|now))*");
  private static final Pattern HAVE_NOT =
      words(
          "(?:does|do|did|has|have|had) not(?: (have|has|wear|hold|carry|ride))?(?: got)?(?:"
              + " any)?");
  private static final Pattern NOT =
      words("(?:, )?(?:but |and )?(?:is |are )?not(?: the (?=in|on|at))?");
  private static final Pattern OTHER_THAN =
      words(
          "(?:, )?(?:other than|except(?: for)?|besides|apart from|aside from|excluding|instead"
              + " of|rather than|but(?= (?:the|that|those|for))(?: for)?)");
  private static final Pattern ADVERB =
      words("just|right|directly|immediately|currently|only|all|both|closely|also");
  private static final Pattern THE_SAME = words("(?:the )?(?:one|ones|other)");

  /** Prepositions that relate the target to another thing, and what the relation is called. */
  private record Preposition(Pattern pattern, String name) {}

  private static final List<Preposition> PREPOSITIONS =
      List.of(
          new Preposition(words("(?:the )?(?:closest|nearest|nearer|closer)(?: to)?"), "nearest"),
          new Preposition(
              words(
                  "(?:the )?(?:farthest|furthest|farther|further)(?: away)? from|far(?: away)?"
                      + " from|away from"),
              "farthest from"),
          new Preposition(
              words(
                  "(?:on|to|at) (?:the )?left(?:(?: |-)hand)?(?: side)? (?:of|from)|left"
                      + " (?:of|from)"),
              "left of"),
          new Preposition(
              words(
                  "(?:on|to|at) (?:the )?right(?:(?: |-)hand)?(?: side)? (?:of|from)|right"
                      + " (?:of|from)"),
              "right of"),
          new Preposition(
              words(
                  "next to|beside|alongside(?: of)?|adjacent to|close to|near(?:"
                      + " to)?|nearby|by|along with|together with|next"),
              "next to"),
          new Preposition(words("(?:in|at the) front of|ahead of"), "in front of"),
          new Preposition(words("behind|in back of|at the back of"), "behind"),
          new Preposition(words("(?:in(?: |-)?)?between|in the middle of"), "between"),
          new Preposition(words("on top of|on to|onto|upon|atop|on"), "on"),
          new Preposition(words("above|over"), "above"),
          new Preposition(words("under|underneath|below|beneath"), "below"),
          new Preposition(words("dressed in|clothed in|clad in"), "wearing"),
          new Preposition(words("inside of|inside|within|into|in"), "in"),
          new Preposition(words("without(?: any)?"), "without"),
          new Preposition(words("with|w/"), "with"),
          new Preposition(words("against|at|across from|opposite"), "at"));

  private static final Map<String, String> FINITE =
      Map.ofEntries(
          Map.entry("has", "with"),
          Map.entry("have", "with"),
          Map.entry("having", "with"),
          Map.entry("wear", "wearing"),
          Map.entry("sits", "sitting"),
          Map.entry("runs", "running"),
          Map.entry("lies", "lying"),
          Map.entry("swims", "swimming"),
          Map.entry("hits", "hitting"),
          Map.entry("ties", "tying"));

  /** Participles behind a noun that are no -ing forms. */
  private static final Pattern STATE =
      words(
          "(parked|seated|dressed|placed|located|covered|tied|attached|made|mounted|hanging|stuck|perched|standing"
              + " up|lying down|sitting down)(?! in (?:a|the)?"
              + " ?(?:black|white|red|blue|green|yellow)$)");

  /** After these a preposition belongs to the verb: what is looked at need not be near. */
  private static final Pattern LOOKING =
      words(
          "((?:looking|staring|pointing|waving|smiling|yelling|barking|laughing|talking|listening)"
              + " (?:at|to|towards?|with))");

  private final TaggedText text;

  /** Whether the noun phrase began with "a", so that a noun in -s behind its noun is a verb. */
  private boolean article;

  /**
   * How many expressions are being read, each within the one before. What follows a comma is said
   * of the outermost: "the taxi on the street, closest to us".
   */
  private int depth;

  private QueryParser(TaggedText text) {
    this.text = text;
  }

  /** Reads all of a text; nothing if words are left over or there is no noun. */
  static Optional<Reading> parse(TaggedText text) {
    QueryParser parser = new QueryParser(text);
    Optional<Reading> reading = parser.expression();
    return reading.filter(r -> text.atEnd());
  }

  private static final class Draft {
    private final StringBuilder target = new StringBuilder();
    private final List<String> attributes = new ArrayList<>();
    private final List<Relation> relations = new ArrayList<>();
    private int number = 1;
    private int place;
    private boolean last;

    void relate(String name, int order) {
      relations.add(new Relation(name, order, List.of(), false));
    }

    void modify(String modifier) {
      target.insert(0, modifier + " ");
    }

    String noun() {
      return target.substring(target.lastIndexOf(" ") + 1);
    }
  }

  private Optional<Reading> expression() {
    return expression(Said.ALL);
  }

  /**
   * What may follow the noun of an expression: nothing follows what is worn, which has no place.
   */
  private enum Said {
    ALL,
    NO_PLACE,
    NOTHING
  }

  private Optional<Reading> expression(Said said) {
    depth++;
    try {
      return read(said);
    } finally {
      depth--;
    }
  }

  private Optional<Reading> read(Said said) {
    int start = text.position();
    Draft draft = new Draft();
    quantity(draft);
    orders(draft);
    if (!noun(draft)) {
      text.moveTo(start);
      return Optional.empty();
    }
    boolean worn = isClothing(head(draft.target.toString()));
    boolean more = said == Said.ALL || said == Said.NO_PLACE && !worn;
    while (more && !text.atEnd()) {
      int before = text.position();
      int known = draft.relations.size();
      more = modifier(draft, false);
      boolean place =
          draft.relations.size() > known && draft.relations.get(known).references().isEmpty();
      if (more && place && said == Said.NO_PLACE) {
        draft.relations.subList(known, draft.relations.size()).clear();
        text.moveTo(before);
        more = false;
      }
    }
    if (draft.place > 0) {
      boolean side =
          draft.relations.stream()
              .anyMatch(r -> r.name().equals("left") || r.name().equals("right"));
      if (!side) {
        draft.relations.add(
            0, new Relation(draft.last ? "right" : "left", draft.place, List.of(), false));
      }
    }
    return Optional.of(
        new Reading(
            text.between(start, text.position()),
            draft.target.toString(),
            draft.attributes,
            draft.relations,
            draft.number,
            Reading.Form.PHRASE,
            List.of(),
            List.of(),
            true));
  }

  private static final Pattern ALL_OF =
      words(
          "(?:(?:each|every|all)(?: and every)?(?: single)?|several|many|various|some|a"
              + " few|few|multiple|lots of|a lot of|every one|any)(?: one)?(?: of)?");
  private static final Pattern BOTH =
      words(
          "both(?: of)?|a couple of|a pair of(?! (?:\\w+"
              + " )*(?:glasses|sunglasses|scissors|pants|jeans|shorts|shoes|boots|gloves|trousers))");
  private static final Pattern EVERYBODY =
      words("everybody|everyone|every person|all persons|all humans");
  private static final Pattern SOMEBODY = words("somebody|someone|anybody|anyone");

  private void quantity(Draft draft) {
    article = text.word(0).matches("an?");
    if (text.word(0).matches("some|any")
        && !QueryWords.isPlural(text.word(1))
        && !QueryWords.isPlural(text.word(2))) {
      text.next();
      return;
    }
    if (text.take(BOTH)) {
      draft.number = 2;
    } else if (!text.word(0).matches("every(?:body|one)") && text.take(ALL_OF)) {
      draft.number = Reading.ALL;
    }
    while (QueryWords.DETERMINERS.contains(text.word(0)) && !text.word(1).isEmpty()) {
      text.next();
    }
    Integer number = QueryWords.NUMBERS.get(text.word(0));
    if (number == null && text.word(0).matches("[1-9]\\d?")) {
      number = Integer.parseInt(text.word(0));
    }
    boolean one =
        number != null
            && number == 1
            && (text.word(1).isEmpty() || !text.tag(1).matches("NOUN|ADJ"));
    if (number != null && !one) {
      text.next();
      if (draft.number != Reading.ALL) {
        draft.number = number;
      }
      if (text.take(OF_THE)) {
        return;
      }
    }
  }

  private static final Pattern OF_THE = words("of(?: the| these| those)?");
  private static final Pattern PLAIN_SIDE =
      words(
          "(?:far |very )?(left|right)(?:(?: |-)?(?:most|hand))?(?: side)?(?= \\w)|(?:far |very"
              + " )?(left|right)(?: one)?(?= ,|$)");
  private static final Pattern PLAIN_CORNER =
      words("(top|upper|bottom|lower)(?: |-)(left|right)(?= [a-z])");
  private static final Pattern PLAIN_HEIGHT = words("(top|bottom|lower|front|back)(?= [a-z])");
  private static final Pattern LAST = words("(?:(second|third)(?: |-)(?:to(?: |-))?)?last");
  private static final Pattern FROM_SIDE =
      words(
          "(?:from|on) (?:the )?(left|right)(?= [a-z])(?! of| side| hand| , | and| wearing| with|"
              + " in| who| that)");
  private static final Pattern MOST_DISTANT = words("most distant|most remote");
  private static final Pattern OF_THEM =
      words("of (?:all |both )?(?:the |these |those )?(?:(two|three|four|five|six) )?(?=\\w)");

  /** What stands before the noun and makes an order: "second", "leftmost", "other". */
  private void orders(Draft draft) {
    while (!text.atEnd()) {
      if (text.word(0).matches("other|another|others") && !text.word(1).equals("than")) {
        draft.relate("other", 1);
        if (text.word(0).equals("others")) {
          return;
        }
        text.next();
        continue;
      }
      boolean very =
          text.word(0).equals("very")
              && (QueryWords.ORDINALS.containsKey(text.word(1))
                  || QueryWords.ORDERS.containsKey(text.word(1)));
      if (very || text.word(0).equals("only") || text.word(0).equals("single")) {
        text.next();
        continue;
      }
      Integer ordinal = QueryWords.ORDINALS.get(text.word(0));
      if (ordinal != null && !text.word(1).matches("base|floor|place|grade|hand|aid|class|")) {
        if (text.word(1).matches("to|last")) {
          if (text.take(LAST)) {
            draft.place = QueryWords.ORDINALS.get(text.group(1));
            draft.last = true;
            continue;
          }
        }
        text.next();
        draft.place = ordinal;
        if (text.take(FROM_SIDE)) {
          draft.relate(text.group(1), draft.place);
          draft.place = 0;
        }
        continue;
      }
      if (text.take(LAST)) {
        draft.place = 1;
        draft.last = true;
        continue;
      }
      if (text.take(MOST_DISTANT)) {
        order(draft, "farthest");
        continue;
      }
      String order = QueryWords.ORDERS.get(text.word(0));
      if (order != null) {
        if (text.word(0).matches("upper|lower")
            && text.word(1).matches("left|right|arm|body|lip|leg")) {
          order = null;
        }
        if (text.word(0).matches("closest|nearest|farthest|furthest")
            && text.word(1).matches("to|from|away")) {
          order = null;
        }
        if (text.word(0).matches("farthest|furthest") && text.word(1).matches("left|right")) {
          text.next();
          order = text.word(0);
        }
        if (order != null) {
          text.next();
          order(draft, order);
          text.take(OF_THEM);
          continue;
        }
      }
      if (text.take(PLAIN_CORNER)) {
        String height = text.group(1).matches("top|upper") ? "top" : "bottom";
        draft.relate(height + " " + text.group(2), 1);
        continue;
      }
      boolean paired =
          text.word(0).matches("left|right") && QueryWords.PAIRED.contains(text.word(1));
      if (!paired && !text.word(1).matches("of|from") && text.take(PLAIN_SIDE)) {
        order(draft, text.group(1).isEmpty() ? text.group(2) : text.group(1));
        continue;
      }
      boolean clothing = text.word(0).equals("top") && text.word(1).matches("hat");
      if (!clothing
          && text.word(0).matches("top|bottom|lower")
          && text.tag(1).matches("NOUN|PROPN|ADJ|NUM|PRON")
          && text.take(PLAIN_HEIGHT)) {
        order(draft, text.group(1).equals("lower") ? "bottom" : text.group(1));
        continue;
      }
      return;
    }
  }

  private static void order(Draft draft, String name) {
    int place = Math.max(1, draft.place);
    draft.relate(name, place);
    draft.place = 0;
  }

  private boolean noun(Draft draft) {
    if (text.take(EVERYBODY)) {
      draft.target.append("person");
      draft.number = Reading.ALL;
      return true;
    }
    if (text.take(SOMEBODY)) {
      draft.target.append("person");
      return true;
    }
    if (text.take(THE_SAME)) {
      draft.target.append("thing");
      return true;
    }
    int start = text.position();
    boolean seen = false;
    boolean plural = false;
    StringBuilder words = new StringBuilder();
    while (!text.atEnd()) {
      if (boundary(seen, words.isEmpty())) {
        break;
      }
      boolean noun = isNoun(seen);
      String word = text.next();
      plural = noun && QueryWords.isPlural(word);
      seen |= noun;
      words.append(words.isEmpty() ? "" : " ").append(word);
      if (seen
          && text.word(0).equals("of")
          && !text.word(1).matches("all|them")
          && !(QueryWords.NUMBERS.containsKey(text.word(2)) && text.word(3).isEmpty())
          && !words.toString().matches(".*\\b(?:left|right|top|front|back|middle)")) {
        words.append(" of");
        text.next();
        while (QueryWords.DETERMINERS.contains(text.word(0))) {
          text.next();
        }
        String whole = words.toString();
        boolean group =
            whole.matches(
                "(?:.*"
                    + " )?(?:group|crowd|pair|couple|row|bunch|team|line|cup|glass|stack|pile|bowl|bottle|piece|set|herd|flock)"
                    + " of");
        while (!text.atEnd() && !boundary(!words.toString().endsWith(" of"), false)) {
          words.append(' ').append(text.next());
        }
        if (words.toString().endsWith(" of")) {
          return false;
        }
        if (!group) {
          plural = false;
        }
        draft.target.append(words);
        return finish(draft, false);
      }
    }
    if (words.isEmpty()) {
      boolean ofOrder = !draft.relations.isEmpty() || draft.place > 0 || draft.number != 1;
      if (ofOrder || start == text.position() && text.position() == 0 && startsWithPlace()) {
        draft.target.append("thing");
        return true;
      }
      return false;
    }
    if (!seen && words.toString().matches("(?:.* )?(?:hello|hi|yes|no|ok|thanks)")) {
      return false;
    }
    draft.target.append(words);
    return finish(draft, plural);
  }

  private boolean startsWithPlace() {
    int position = text.position();
    boolean place = place(new Draft());
    text.moveTo(position);
    return place;
  }

  /** Puts the noun into the singular, and asks for all where it was a plural. */
  private static boolean finish(Draft draft, boolean plural) {
    String target = draft.target.toString();
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
    }
    return !target.isBlank();
  }

  private boolean isNoun(boolean seen) {
    return text.tag(0).matches("NOUN|PROPN")
        || QueryWords.CLOTHES.contains(text.word(0))
        || QueryWords.isPerson(text.word(0))
        || seen;
  }

  private static final Pattern STARTER =
      words(
          "on|in|at|to|by|with|w/|without|near|from|under|underneath|below|beneath|above|over|behind|beside|besides|between"
              + "|inside|within|into|onto|upon|atop|against|opposite|alongside|adjacent|next|of|for|and|or|but|not|is|are|was|were|has|have|had|does|do|did|that|who|which|whose|where|while|when|as|other"
              + " than|except|excluding|rather|instead"
              + "|apart|aside|,|closest|nearest|farthest|furthest|closer|nearer|away|along|across|around|through|there|here|all"
              + " the way|in-between|dressed|wearing|holding|carrying|second|third|fourth|fifth|number"
              + " \\w+|last|please|far (?:left|right|away)|most|down|up|off|out");

  private static final Pattern ORDER_STARTER =
      words("leftmost|rightmost|left of|right of|left (?:in|from)|right from|most to");

  /** Whether the noun phrase ends before the next word. */
  private boolean boundary(boolean seen, boolean first) {
    int position = text.position();
    String word = text.word(0);
    if (word.equals("and") && !seen && !first && !text.tag(1).matches("VERB|AUX|DET")) {
      return false;
    }
    if (word.equals(",") && !seen && !first && text.tag(1).equals("ADJ")) {
      return false;
    }
    boolean compound =
        seen
            && word.equals("and")
            && QueryWords.COLOURS.contains(text.word(-1))
            && QueryWords.COLOURS.contains(text.word(1));
    if (compound) {
      return false;
    }
    boolean starter = text.take(STARTER) || seen && text.take(ORDER_STARTER);
    text.moveTo(position);
    if (starter) {
      return true;
    }
    if (!seen) {
      return false;
    }
    if (article
        && text.tag(0).equals("NOUN")
        && QueryWords.isPlural(word)
        && text.word(1).matches("at|to|on|in|with|the|a|an|his|her|through|over|")) {
      return !word.equals(text.word(-1)) && !text.word(1).isEmpty();
    }
    if (word.endsWith("ing") && !NOUNS_IN_ING.contains(word)) {
      return !(text.tag(0).equals("NOUN") && text.tag(1).matches("NOUN|PROPN"));
    }
    if (text.tag(0).equals("ADV")
        || word.matches(
            "(?:parked|seated|placed|located|covered|tied|attached|mounted|perched|made)")) {
      return true;
    }
    boolean coloured = QueryWords.COLOURS.contains(text.word(-1)) && !word.endsWith("ed");
    return text.tag(0).matches("VERB|AUX|PRON")
        && !(coloured && text.tag(0).equals("VERB"))
        && !QueryWords.CLOTHES.contains(word)
        && !QueryWords.isPerson(word);
  }

  private static final Set<String> NOUNS_IN_ING =
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

  /** Reads one thing that is said behind the noun; false if the next words are none. */
  private boolean modifier(Draft draft, boolean negated) {
    int start = text.position();
    if (text.take(PICTURE) || text.take(FILLER)) {
      return true;
    }
    if (text.take(OTHER_THAN)) {
      return excluded(draft) || back(start);
    }
    if (text.take(HAVE_NOT)) {
      String verb = text.group(1);
      String name = verb.isEmpty() || verb.startsWith("ha") ? "with" : participle(verb);
      return related(draft, name, true) || back(start);
    }
    if (text.take(NOT)) {
      if (modifier(draft, true)) {
        return true;
      }
      return notSo(draft) || back(start);
    }
    if (text.take(RELATIVE)) {
      boolean who = text.between(start, text.position()).matches("(?:, )?who.*");
      if (who && !draft.target.toString().equals("thing") && !QueryWords.isPerson(draft.noun())) {
        return back(start);
      }
      boolean be = !text.group(1).isEmpty() || !text.group(2).isEmpty();
      if (text.take(HAVE_NOT)) {
        String verb = text.group(1);
        String name = verb.isEmpty() || verb.startsWith("ha") ? "with" : participle(verb);
        return related(draft, name, true) || back(start);
      }
      if (text.take(NOT)) {
        return modifier(draft, true) || notSo(draft) || back(start);
      }
      return be
          ? modifier(draft, negated) || adjective(draft) || back(start)
          : finite(draft) || back(start);
    }
    if (text.word(0).equals(",") || text.word(0).equals("and")) {
      if (text.word(0).equals(",") && depth > 1) {
        return false;
      }
      text.next();
      return !text.atEnd() && modifier(draft, negated) || back(start);
    }
    int known = draft.relations.size();
    if (place(draft)) {
      negateFrom(draft, known, negated);
      return true;
    }
    if (preposition(draft, negated)) {
      return true;
    }
    if (participle(draft, negated)) {
      return true;
    }
    if (text.take(ADVERB)) {
      return modifier(draft, negated) || back(start);
    }
    return back(start);
  }

  private boolean back(int position) {
    text.moveTo(position);
    return false;
  }

  private static void negateFrom(Draft draft, int first, boolean negated) {
    if (negated) {
      for (int i = first; i < draft.relations.size(); i++) {
        draft.relations.set(i, draft.relations.get(i).negated());
      }
    }
  }

  /** A place in the picture or in an order, without reference. */
  private boolean place(Draft draft) {
    if (text.take(COUNTED)) {
      Integer place = text.group(1).isEmpty() ? ordinal(text.group(2)) : number(text.group(1));
      if (place == null) {
        return false;
      }
      draft.relate(text.group(3), place);
      draft.place = 0;
      return true;
    }
    if (text.take(NUMBERED)) {
      Integer place = number(text.group(1));
      if (place == null) {
        return false;
      }
      draft.relate("left", place);
      return true;
    }
    if (text.take(COUNTED_LAST)) {
      int place = text.group(1).equals("last") ? 1 : 2;
      draft.relate(
          text.group(1).equals("last")
              ? last(text.group(2), text.between(0, text.position()))
              : opposite(text.group(2)),
          place);
      return true;
    }
    if (draft.place > 0 && text.take(COUNTING)) {
      side(draft, text.group(1), true);
      return true;
    }
    if (text.take(CORNER)) {
      draft.relate((text.group(1).matches("top|upper") ? "top " : "bottom ") + text.group(2), 1);
      return true;
    }
    if (text.take(ANY_CORNER)) {
      draft.relate("corner", 1);
      return true;
    }
    if (text.take(BETWEEN_THEM) || text.take(MIDDLE)) {
      draft.relate("middle", 1);
      return true;
    }
    if (text.take(SIDE)) {
      side(draft, text.group(1), false);
      return true;
    }
    if (text.take(FOREGROUND)) {
      draft.relate("foreground", 1);
      return true;
    }
    if (text.take(BACKGROUND)) {
      draft.relate("background", 1);
      return true;
    }
    if (text.take(NEAR_EDGE) || text.take(FAR_SIDE)) {
      order(draft, text.group(1).isEmpty() ? text.group(2) : text.group(1));
      return true;
    }
    if (text.take(CLOSEST)) {
      order(draft, "closest");
      return true;
    }
    if (text.take(FARTHEST)) {
      order(draft, "farthest");
      return true;
    }
    int start = text.position();
    if (text.take(ORDER_BEHIND)) {
      String name = QueryWords.ORDERS.get(text.group(2));
      if (name != null) {
        if (!text.group(1).isEmpty()) {
          draft.place = ordinal(text.group(1));
        }
        order(draft, name);
        return true;
      }
      text.moveTo(start);
    }
    return false;
  }

  /** "the second man on the left" counts from there; so does "the last car on the right". */
  private static void side(Draft draft, String side, boolean from) {
    int place = Math.max(1, draft.place);
    if (draft.last && draft.place > 0) {
      draft.relate(from || place > 1 ? opposite(side) : side, place);
    } else {
      draft.relate(side, place);
    }
    draft.place = 0;
  }

  private static String last(String side, String soFar) {
    return soFar.matches(".* (?:on|to) (?:the )?" + side + ".*") ? side : opposite(side);
  }

  private static String opposite(String side) {
    return switch (side) {
      case "left" -> "right";
      case "right" -> "left";
      case "top" -> "bottom";
      default -> "top";
    };
  }

  private static Integer ordinal(String word) {
    Integer known = QueryWords.ORDINALS.get(word);
    return known != null ? known : Integer.valueOf(word.replaceAll("\\D", ""));
  }

  private static Integer number(String word) {
    return word.matches("\\d{1,2}") ? Integer.valueOf(word) : QueryWords.NUMBERS.get(word);
  }

  private boolean preposition(Draft draft, boolean negated) {
    int start = text.position();
    for (Preposition preposition : PREPOSITIONS) {
      if (text.take(preposition.pattern())) {
        boolean without = preposition.name().equals("without");
        if (related(draft, without ? "with" : preposition.name(), negated != without)) {
          return true;
        }
        text.moveTo(start);
      }
    }
    return false;
  }

  /** Reads the references of a relation. */
  private boolean related(Draft draft, String name, boolean negated) {
    int start = text.position();
    boolean prepositional = PREPOSITIONS.stream().anyMatch(p -> p.name().equals(name));
    Said said =
        name.equals("wearing")
            ? Said.NOTHING
            : prepositional && !name.equals("with") && !name.equals("in")
                ? Said.ALL
                : Said.NO_PLACE;
    Optional<Reading> first = expression(said);
    if (first.isEmpty()) {
      return back(start);
    }
    List<Reading> references = new ArrayList<>(List.of(first.get()));
    if (name.equals("between") && !first.get().isSeveral() && text.word(0).equals("and")) {
      text.next();
      Optional<Reading> second = expression();
      if (second.isEmpty()) {
        return back(start);
      }
      references.add(second.get());
    }
    boolean within = name.equals("between") && references.size() == 1 && !first.get().isSeveral();
    boolean worn = name.equals("in") && isClothing(head(first.get().target()));
    String relation = within ? "in" : worn ? "wearing" : name;
    draft.relations.add(new Relation(relation, 1, references, negated));
    return true;
  }

  private static boolean isClothing(String noun) {
    return QueryWords.CLOTHES.contains(noun)
        || QueryWords.CLOTHES.contains(noun + "s")
        || QueryWords.COLOURS.contains(noun);
  }

  private static String head(String target) {
    return target.substring(target.lastIndexOf(' ') + 1);
  }

  /** "holding an umbrella", "jumping", "looking at the ball", "parked". */
  private boolean participle(Draft draft, boolean negated) {
    int start = text.position();
    if (text.take(LOOKING)) {
      return related(draft, text.group(1), negated) || back(start);
    }
    String word = text.word(0);
    if (text.take(STATE)) {
      if (text.word(-1).equals("dressed") && text.word(0).equals("in")) {
        text.next();
        return related(draft, "wearing", negated) || back(start);
      }
      attribute(draft, word, negated);
      return true;
    }
    if (!word.endsWith("ing") || word.length() < 5) {
      return false;
    }
    text.next();
    if (word.equals("having")) {
      word = "with";
    }
    return action(draft, word, negated);
  }

  private static final Pattern PARTICLE =
      words("up|down|around|along|out|off|away|together|over(?! the| a)");

  private boolean action(Draft draft, String participle, boolean negated) {
    int start = text.position();
    if (text.take(PARTICLE)) {
      attribute(draft, participle + " " + text.group(0), negated);
      return true;
    }
    boolean object =
        text.tag(0).matches("DET|NOUN|PROPN|ADJ|NUM|PRON")
            || QueryWords.DETERMINERS.contains(text.word(0))
            || QueryWords.COLOURS.contains(text.word(0))
            || QueryWords.CLOTHES.contains(text.word(0));
    boolean starter = text.take(STARTER);
    text.moveTo(start);
    if (object && !starter && related(draft, participle, negated)) {
      return true;
    }
    attribute(draft, participle, negated);
    return true;
  }

  private void attribute(Draft draft, String attribute, boolean negated) {
    if (negated) {
      draft.relations.add(notThe(attribute, draft.target + " " + attribute));
    } else {
      draft.attributes.add(attribute);
    }
  }

  /** A verb behind "who": "who wears a hat". */
  private boolean finite(Draft draft) {
    String verb = text.word(0);
    if (verb.isEmpty() || !verb.matches("[a-z]{3,}") || QueryWords.DETERMINERS.contains(verb)) {
      return false;
    }
    text.next();
    return action(draft, participle(verb), false);
  }

  private static String participle(String verb) {
    String known = FINITE.get(verb);
    if (known != null) {
      return known;
    }
    String stem =
        verb.endsWith("ies")
            ? verb.substring(0, verb.length() - 3) + "y"
            : verb.matches(".*(?:sses|shes|ches|xes)")
                ? verb.substring(0, verb.length() - 2)
                : verb.endsWith("s") ? verb.substring(0, verb.length() - 1) : verb;
    boolean silent = stem.endsWith("e") && !stem.endsWith("ee");
    return (silent ? stem.substring(0, stem.length() - 1) : stem) + "ing";
  }

  /** "that is red": as if it stood before the noun. */
  private boolean adjective(Draft draft) {
    if (text.atEnd() || !(text.tag(0).equals("ADJ") || QueryWords.COLOURS.contains(text.word(0)))) {
      return false;
    }
    draft.modify(text.next());
    return true;
  }

  /** What follows "not" and is no relation: "not the left one", "not red". */
  private boolean notSo(Draft draft) {
    if (QueryWords.COLOURS.contains(text.word(0))
        || text.tag(0).equals("ADJ") && text.word(1).isEmpty()) {
      String adjective = text.next();
      draft.relations.add(notThe(adjective + " " + draft.target, adjective + " " + draft.target));
      return true;
    }
    return excluded(draft);
  }

  /** Reads an expression that the target is not: its one relation, or all of it. */
  private boolean excluded(Draft draft) {
    int start = text.position();
    Optional<Reading> read = expression();
    if (read.isEmpty()) {
      return back(start);
    }
    Reading not = read.get();
    boolean sameNoun =
        not.target().equals("thing")
            || not.target().contentEquals(draft.target) && draft.number == 1;
    if (sameNoun && not.relations().size() == 1 && not.attributes().isEmpty()) {
      draft.relations.removeIf(r -> r.name().equals("other"));
      draft.relations.add(not.relations().get(0).negated());
    } else {
      draft.relations.add(new Relation(Relation.SAME, 1, List.of(named(not, draft)), true));
    }
    return true;
  }

  /** Returns that the target is none of those that a phrase means. */
  private static Relation notThe(String target, String text) {
    Reading excluded =
        new Reading(
            target, text, List.of(), List.of(), 1, Reading.Form.PHRASE, List.of(), List.of(), true);
    return new Relation(Relation.SAME, 1, List.of(excluded), true);
  }

  /** "the black one" means the black dog. */
  private static Reading named(Reading reading, Draft draft) {
    String target = reading.target();
    String full =
        target.equals("thing")
            ? draft.target.toString()
            : target.endsWith(" one")
                ? target.substring(0, target.length() - 3) + draft.target
                : target;
    return new Reading(
        reading.text(),
        full,
        reading.attributes(),
        reading.relations(),
        reading.number(),
        reading.form(),
        List.of(),
        List.of(),
        true);
  }
}
