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
    while (!text.atEnd()) {
      if (text.word(0).matches("other|another|others") && !text.word(1).equals("than")) {
        draft.relate("other", 1);
        if (text.word(0).equals("others")) {
          return;
        }
        text.next();
        continue;
      }
      Integer several = QueryWords.NUMBERS.get(text.word(0));
      if (several != null && several > 1 && draft.number == 1) {
        draft.number = several;
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
      if (ordinal != null && !text.word(1).matches("base|floor|place|grade|hand|aid|class")) {
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
        draft.place = text.group(1).isEmpty() ? 1 : QueryWords.ORDINALS.get(text.group(1));
        draft.last = true;
        continue;
      }
      if (text.take(FARTHEST_AWAY)) {
        draft.order("farthest");
        continue;
      }
      if (text.take(FAR_AWAY)) {
        draft.relate("background", 1);
        continue;
      }
      if (inDepth(draft)) {
        continue;
      }
      if (text.take(MOST_DISTANT)) {
        draft.order("farthest");
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
          draft.order(order);
          continue;
        }
      }
      if (text.take(PLAIN_CORNER)) {
        String height = text.group(1).matches("top|upper") ? "top" : "bottom";
        draft.relate(height + " " + text.group(2), 1);
        continue;
      }
      boolean paired =
          text.word(0).matches("left|right")
              && (QueryWords.PAIRED.contains(text.word(1))
                  || text.word(-1).matches("his|her|its|their|my|your"));
      if (!paired && !text.word(1).matches("of|from") && text.take(PLAIN_SIDE)) {
        draft.order(text.group(1).isEmpty() ? text.group(2) : text.group(1));
        continue;
      }
      boolean clothing = text.word(0).equals("top") && text.word(1).matches("hat");
      if (!clothing
          && text.word(0).matches("top|bottom|lower")
          && text.tag(1).matches("NOUN|PROPN|ADJ|NUM|PRON")
          && text.take(PLAIN_HEIGHT)) {
        draft.order(text.group(1).equals("lower") ? "bottom" : text.group(1));
        continue;
      }
      return;
    }
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
