package io.deixis.language.opennlp;

import static io.deixis.language.opennlp.TaggedText.words;

import java.util.regex.Pattern;

/** What stands before a noun and tells it from others: "the second biggest", "left". */
final class OrderGrammar {

  private static final Pattern PLAIN_SIDE =
      words(
          "(?:far |very )?(left|right)(?:(?: |-)?(?:most|hand))?(?: side)?(?= \\w)|(?:far |very"
              + " )?(left|right)(?: one)?(?= ,|$)");

  private static final Pattern PLAIN_CORNER =
      words("(top|upper|bottom|lower)(?: |-)(left|right)(?= [a-z])");

  private static final Pattern PLAIN_HEIGHT = words("(top|bottom|lower)(?= [a-z])");

  private static final Pattern LAST = words("(?:(second|third)(?: |-)(?:to(?: |-))?)?last");

  private static final Pattern FROM_SIDE =
      words(
          "(?:from|on) (?:the )?(left|right)(?= [a-z])(?! of| side| hand| , | and| wearing| with|"
              + " in| who| that)");

  private static final Pattern FARTHEST_AWAY = words("(?:farthest|furthest) away(?= [a-z])");

  private static final Pattern FAR_AWAY = words("(?:far away|faraway|far off)(?= [a-z])");

  private static final Pattern IN_DEPTH = words("(front|back|rear)(?: row(?= [a-z]))?(?= [a-z])");

  private static final Pattern MOST_DISTANT = words("most distant|most remote");

  private final TaggedText text;

  OrderGrammar(TaggedText text) {
    this.text = text;
  }

  /** What stands before the noun and makes an order: "second", "leftmost", "other". */
  void read(Draft draft) {
    boolean more = true;
    while (more && !text.atEnd()) {
      more =
          other(draft)
              || several(draft)
              || takeEmphasis()
              || last(draft)
              || ordinal(draft)
              || far(draft)
              || inDepth(draft)
              || named(draft)
              || corner(draft)
              || side(draft)
              || height(draft);
    }
  }

  /** "others" by itself is the noun, too. */
  private boolean other(Draft draft) {
    if (!text.word(0).matches("other|another|others") || text.word(1).equals("than")) {
      return false;
    }
    draft.relate("other", 1);
    if (text.word(0).equals("others")) {
      return false;
    }
    text.next();
    return true;
  }

  private boolean several(Draft draft) {
    Integer several = QueryWords.NUMBERS.get(text.word(0));
    if (several == null || several == 1 || draft.number != 1) {
      return false;
    }
    draft.number = several;
    text.next();
    return true;
  }

  private boolean takeEmphasis() {
    boolean very =
        text.word(0).equals("very")
            && (QueryWords.ORDINALS.containsKey(text.word(1))
                || QueryWords.ORDERS.containsKey(text.word(1)));
    if (very || text.word(0).matches("only|single")) {
      text.next();
      return true;
    }
    return false;
  }

  private boolean ordinal(Draft draft) {
    Integer ordinal = QueryWords.ORDINALS.get(text.word(0));
    if (ordinal == null || text.word(1).matches("base|floor|place|grade|hand|aid|class")) {
      return false;
    }
    text.next();
    draft.place = ordinal;
    if (text.take(FROM_SIDE)) {
      draft.relate(text.group(1), draft.place);
      draft.place = 0;
    }
    return true;
  }

  /** "last", "second to last". */
  private boolean last(Draft draft) {
    if (!text.take(LAST)) {
      return false;
    }
    draft.place = text.group(1).isEmpty() ? 1 : QueryWords.ORDINALS.get(text.group(1));
    draft.last = true;
    return true;
  }

  private boolean far(Draft draft) {
    if (text.take(FARTHEST_AWAY) || text.take(MOST_DISTANT)) {
      draft.order("farthest");
      return true;
    }
    if (text.take(FAR_AWAY)) {
      draft.relate("background", 1);
      return true;
    }
    return false;
  }

  /** "biggest", "leftmost"; not "the closest to the door" nor "the upper arm". */
  private boolean named(Draft draft) {
    String word = text.word(0);
    String next = text.word(1);
    String order = QueryWords.ORDERS.get(word);
    if (order == null
        || word.matches("upper|lower") && next.matches("left|right|arm|body|lip|leg")
        || word.matches("closest|nearest|farthest|furthest") && next.matches("to|from|away")) {
      return false;
    }
    text.next();
    boolean side = word.matches("farthest|furthest") && next.matches("left|right");
    draft.order(side ? text.next() : order);
    return true;
  }

  private boolean corner(Draft draft) {
    if (!text.take(PLAIN_CORNER)) {
      return false;
    }
    String height = text.group(1).matches("top|upper") ? "top" : "bottom";
    draft.relate(height + " " + text.group(2), 1);
    return true;
  }

  private boolean side(Draft draft) {
    boolean paired =
        text.word(0).matches("left|right")
            && (QueryWords.PAIRED.contains(text.word(1))
                || text.word(-1).matches("his|her|its|their|my|your"));
    if (paired || text.word(1).matches("of|from") || !text.take(PLAIN_SIDE)) {
      return false;
    }
    draft.order(text.group(1).isEmpty() ? text.group(2) : text.group(1));
    return true;
  }

  private boolean height(Draft draft) {
    boolean clothing = text.word(0).equals("top") && text.word(1).equals("hat");
    if (clothing || !text.tag(1).matches("NOUN|PROPN|ADJ|NUM|PRON") || !text.take(PLAIN_HEIGHT)) {
      return false;
    }
    draft.order(text.group(1).equals("lower") ? "bottom" : text.group(1));
    return true;
  }

  /** "the front dog": not of doors, seats, wheels and paws, which are in front of others. */
  private boolean inDepth(Draft draft) {
    int start = text.position();
    if (!text.take(IN_DEPTH)) {
      return false;
    }
    String side = text.group(1);
    if (!text.tag(0).matches("NOUN|PROPN|ADJ|NUM|VERB")
        || QueryWords.IN_FRONT_OR_BACK.contains(text.word(0))
        || QueryWords.IN_FRONT_OR_BACK.contains(text.word(1)) && !text.tag(1).equals("ADP")) {
      return text.back(start);
    }
    draft.order(side.equals("front") ? "foreground" : "background");
    return true;
  }
}
