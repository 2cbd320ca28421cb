package io.deixis.language.opennlp;

import static io.deixis.language.opennlp.TaggedText.words;

import java.util.regex.Pattern;

/** Places without a reference: in the picture, or in an order ("third from the left"). */
final class PlaceGrammar {

  private static final String IN_PICTURE =
      " (?:of|in) (?:the |this )?(?:picture|photo|photograph|image|frame|scene|screen|shot|view)";

  private static final String CAMERA =
      "(?:the )?(?:camera|viewer|photographer|observer|us|me|you|here)";

  private static final String ORDINAL =
      "(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\\d{1,2}(?:st|nd|rd|th))";

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
              + " )?(left|right|top|bottom|front|back)(?:(?: |-)?hand)?(?: side)?");

  private static final Pattern COUNTED_LAST =
      words(
          "(?:the )?(second to last|second last|next to last|last)(?: one)?(?: counting)?"
              + " (?:from|on|to) (?:the )?(left|right|top|bottom)(?: side)?");

  private static final Pattern NUMBERED = words("(?:number )?([1-9])|number (\\w+)");

  private static final Pattern COUNTING =
      words(
          "(?:when )?(?:counting |counted )?from (?:the )?(?:far"
              + " )?(left|right|top|bottom|front|back)(?: to (?:the"
              + " )?(?:left|right|top|bottom))?(?: side)?");

  private static final Pattern SIDE =
      words(
          "(?:all the way )?(?:over )?(?:on|to|at|in|towards?|near) (?:the )?"
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
          "(?:in|at|into|up|on|towards?) (?:the )?(?:very )?(?:foreground|front)(?: row)?(?:"
              + IN_PICTURE
              + "|(?! of))");

  private static final Pattern BACKGROUND =
      words(
          "(?:way )?(?:in|at|into|on|towards?) (?:the )?(?:far |very"
              + " )?(?:background|back|rear|distance)(?: row)?(?:"
              + IN_PICTURE
              + "|(?! of))|far away|in back(?! of)|behind(?= ,|$)");

  /** "nearest car to the camera". */
  private static final Pattern TO_CAMERA = words("(?:to|from) " + CAMERA);

  /** "guy far left", "the woman, right". */
  private static final Pattern BARE_SIDE =
      words(
          "(?:far |very |extreme )?(?:(top|upper|bottom|lower) )?(left|right)(?:most)?(?:"
              + " hand)?(?: side| corner)?(?= ,|$)|(top|bottom)(?= ,|$)");

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
              + " (?:one|up|down|\\w+ here))?(?: of (?:all|them all|them|the"
              + " (?:two|three|four|lot))(?= |$))?(?= ,| and|$| in the| on the| with| who| that)");

  private final TaggedText text;

  PlaceGrammar(TaggedText text) {
    this.text = text;
  }

  /** A place in the picture or in an order, without reference. */
  boolean place(Draft draft) {
    return counted(draft)
        || cornerOrMiddle(draft)
        || side(draft)
        || depth(draft)
        || edge(draft)
        || orderBehind(draft);
  }

  /** "third from the left", "number 2", "the last on the right". */
  private boolean counted(Draft draft) {
    int start = text.position();
    if (text.take(COUNTED)) {
      Integer place = text.group(1).isEmpty() ? ordinal(text.group(2)) : number(text.group(1));
      if (place == null) {
        return text.back(start);
      }
      draft.relate(order(text.group(3)), place);
      draft.place = 0;
      return true;
    }
    if (text.take(NUMBERED)) {
      Integer place = number(text.group(1) + text.group(2));
      if (place == null) {
        return text.back(start);
      }
      draft.relate("left", place);
      return true;
    }
    if (text.take(COUNTED_LAST)) {
      boolean last = text.group(1).equals("last");
      String side = text.group(2);
      draft.relate(
          last ? last(side, text.between(0, text.position())) : opposite(side), last ? 1 : 2);
      return true;
    }
    if (draft.place > 0 && text.take(COUNTING)) {
      side(draft, order(text.group(1)), true);
      return true;
    }
    return false;
  }

  private boolean cornerOrMiddle(Draft draft) {
    if (text.take(CORNER)) {
      draft.relate((text.group(1).matches("top|upper") ? "top " : "bottom ") + text.group(2), 1);
      return true;
    }
    boolean corner = text.take(ANY_CORNER);
    if (corner || text.take(BETWEEN_THEM) || text.take(MIDDLE)) {
      draft.relate(corner ? "corner" : "middle", 1);
      return true;
    }
    return false;
  }

  private boolean side(Draft draft) {
    int start = text.position();
    if (text.take(SIDE)) {
      if (draft.number == 1 && namesAnother()) {
        return text.back(start);
      }
      side(draft, text.group(1), false);
      return true;
    }
    if (text.take(BARE_SIDE)) {
      String height = text.group(1).matches("top|upper") ? "top " : "bottom ";
      String name = text.group(2).isEmpty() ? text.group(3) : text.group(2);
      draft.order(text.group(1).isEmpty() ? name : height + name);
      return true;
    }
    return false;
  }

  private boolean depth(Draft draft) {
    boolean byDepth = draft.relations.stream().anyMatch(r -> r.name().matches("closest|farthest"));
    if (byDepth && text.take(TO_CAMERA)) {
      return true;
    }
    boolean front = text.take(FOREGROUND);
    if (front || text.take(BACKGROUND)) {
      draft.relate(front ? "foreground" : "background", 1);
      return true;
    }
    return false;
  }

  private boolean edge(Draft draft) {
    if (text.take(NEAR_EDGE) || text.take(FAR_SIDE)) {
      draft.order(text.group(1).isEmpty() ? text.group(2) : text.group(1));
      return true;
    }
    boolean close = text.take(CLOSEST);
    if (close || text.take(FARTHEST)) {
      draft.order(close ? "closest" : "farthest");
      return true;
    }
    return false;
  }

  /** "the man, second tallest". */
  private boolean orderBehind(Draft draft) {
    int start = text.position();
    String name = text.take(ORDER_BEHIND) ? QueryWords.ORDERS.get(text.group(2)) : null;
    if (name == null) {
      return text.back(start);
    }
    if (!text.group(1).isEmpty()) {
      draft.place = ordinal(text.group(1));
    }
    draft.order(name);
    return true;
  }

  /** "the guy on the left bike"; not "the dog on the left barks". */
  private boolean namesAnother() {
    return text.tag(0).matches("NOUN|PROPN|VERB")
        && !text.word(0).matches(".*(?:s|ing|ed)|worn|held|next");
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

  /** Who is third from the front is third in the foreground. */
  private static String order(String side) {
    return switch (side) {
      case "front" -> "foreground";
      case "back" -> "background";
      default -> side;
    };
  }

  private static String opposite(String side) {
    return switch (side) {
      case "foreground" -> "background";
      case "background" -> "foreground";
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
}
