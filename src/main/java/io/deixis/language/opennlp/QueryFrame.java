package io.deixis.language.opennlp;

import io.deixis.language.Reading.Form;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query without its frame.
 *
 * @param text the referring expression
 * @param form what the frame made of it
 * @param all whether it asks for every one: "how many"
 */
record QueryFrame(String text, Form form, boolean all) {

  private static final Pattern POLITE =
      Pattern.compile("^(?:(?:hey|hi|ok|okay|please|now|so|and|just|kindly) (?:, )?)+");

  private static final Pattern COMMAND =
      Pattern.compile(
          "^(?:(?:can|could|would|will) you (?:please )?(?:help me )?)?(?:i (?:want|need|would"
              + " like|wish) (?:you )?to |let me )?(?:please )?(?:show(?: me)?|find(?:"
              + " me)?|locate|highlight|select|mark|detect|identify|point(?: me)?(?: out| at|"
              + " to)?|box|circle|outline|segment|spot|search for|look for|looking for|seek|pick(?:"
              + " out)?|choose|click(?: on)?|tap(?: on)?|give me|get(?: me)?|see|tell"
              + " me|count|label|crop|frame|draw a box around|put a box around|ground|look at)(?:"
              + " (?:where|for|which one is))? (?=\\S)"
              + "|^(?:the |an? )?(?:bounding )?box(?:es)? (?:of|for|around) (?=\\S)");

  private static final Pattern LOOKING =
      Pattern.compile(
          "^(?:i am (?:looking|searching) for|i can not (?:find|see|spot)|i am trying to"
              + " (?:find|see|spot)|i (?:want|need|would like)(?: to (?:see|find))?) ");

  private static final Pattern WHERE =
      Pattern.compile(
          "^(?:where (?:is|are)|is(?= (?:any|some)(?:body|one) )|where (?:can|could|do)"
              + " (?:i|you|we) (?:see|find|spot)|is there|are there|do you see|can (?:you|i|we)"
              + " see|does(?= (?:any|some)(?:body|one) )|do we have|did you see|have you seen|what"
              + " about|how about|how many) ");

  private static final Pattern WHO =
      Pattern.compile("^(?:who|whom) (?=is |are |was |has |have |wears |holds |\\w+s )");

  /** "who is that man on the left", not "who is the tallest". */
  private static final Pattern WHO_IS =
      Pattern.compile(
          "^who (?:is|are) (?=(?:the|that|this|these|those)"
              + " (?!(?:\\w+(?:est|most)|one|first|last|second|third|fourth|middle)(?:$|"
              + " (?:in|on|of|from|to|at)\\b))\\w)");

  /** "what is the child holding". */
  private static final Pattern WHAT_HAS =
      Pattern.compile(
          "^what (?:is|are) ((?!there )(?:\\w+ )+)(holding|carrying|wearing|riding|eating|drinking"
              + "|playing|reading|using|pushing|pulling|throwing|kicking|catching|hitting|chasing"
              + "|touching|driving)(?: with| on)?$");

  private static final Pattern WHAT =
      Pattern.compile(
          "^what (?:is|are) (?:that |this |the thing )?(?=(?:\\w+ing"
              + " )?(?:on|in|under|next|behind|above|below|between|left|right|to the|at"
              + " the|near|beside|the (?:thing|object))\\b)");
  private static final Pattern WHICH_OF =
      Pattern.compile("^which (?:one )?of (?:the|these|those) ((?:two|three|four|five) )?(.+)$");
  private static final Pattern WHICH_IS = Pattern.compile("^which (?:one )?(?:is|are) (the .+)$");
  private static final Pattern WHICH = Pattern.compile("^which (?!is |are )(.+)$");

  /** "the smallest of the dogs", "the older of the two men"; not "the corner of the room". */
  private static final Pattern SUPERLATIVE_OF =
      Pattern.compile(
          "^((?:.*"
              + " )?)((?:first|second|third|fourth|fifth|last|\\w+est(?<!chest|forest|nest|guest|vest|priest|harvest)|\\w+(?<!upper)most|(?:\\w+er|(?<!(?:on|to)"
              + " the )(?:left|right))(?= of (?:the|these|those)"
              + " two)|bigger|smaller|larger|taller|shorter)) of (?:all )?(?:the|these|those)"
              + " (?!(?:two|three|four|five|six)$)(?:(?:two|three|four|five|six) )?(\\w.*)");

  /** "the brown one of the dogs", "the middle of the three men". */
  private static final Pattern ONE_OF =
      Pattern.compile(
          "((?:the )?(?:\\w+(?= one)|middle|centre|center))(?: one)? of (?:the|these|those)(?:"
              + " (?:two|three|four|five))? (\\w+)( .*|)");

  /** "the one on the right of the two dogs". */
  private static final Pattern ONE_AT =
      Pattern.compile(
          "(?:the )?one ((?:on the (?:left|right)|in the (?:middle|cent(?:re|er)|front|back)))"
              + " of (?:the|these|those) (?:two|three|four|five) (\\w+)( .*|)");

  private static final Pattern TAIL =
      Pattern.compile(
          "(?:(?: ,)? where (?:is|are) (?:it|he|she|they|that)$)|(?:(?: ,)? (?:please|for"
              + " me|here|anywhere|somewhere|there|now|thanks|thank you))+$|(?: (?:is|are))$");

  /** Takes the frame off a query in the form that {@link QueryText} gives. */
  static QueryFrame of(String query) {
    String text = POLITE.matcher(query).replaceFirst("");
    Form form = Form.PHRASE;
    boolean all = text.startsWith("how many ") || text.startsWith("count ");
    String shorter = LOOKING.matcher(COMMAND.matcher(text).replaceFirst("")).replaceFirst("");
    shorter = COMMAND.matcher(shorter).replaceFirst("");
    if (!shorter.equals(text)) {
      form = Form.COMMAND;
      text = shorter;
    }
    shorter = asked(text);
    if (!shorter.equals(text)) {
      form = form == Form.COMMAND ? form : Form.QUESTION;
      text = shorter;
    }
    String tail = text;
    do {
      text = tail;
      tail = TAIL.matcher(text).replaceFirst("");
    } while (!tail.equals(text));
    Matcher superlative = SUPERLATIVE_OF.matcher(text);
    if (superlative.matches()) {
      text = superlative.group(1) + superlative.group(2) + " " + ofOne(superlative.group(3));
    }
    Matcher ones = ONE_OF.matcher(text);
    if (ones.matches()) {
      text = ones.group(1) + " " + QueryWords.singular(ones.group(2)) + ones.group(3);
    }
    Matcher oneAt = ONE_AT.matcher(text);
    if (oneAt.matches()) {
      text = QueryWords.singular(oneAt.group(2)) + " " + oneAt.group(1) + oneAt.group(3);
    }
    return new QueryFrame(text, form, all);
  }

  private static String asked(String text) {
    String shorter = WHERE.matcher(text).replaceFirst("");
    if (!shorter.equals(text)) {
      return text.startsWith("does ")
          ? "person who " + shorter.substring(shorter.indexOf(' ') + 1)
          : shorter.replaceFirst(" at$", "");
    }
    if (text.startsWith("whichever ")) {
      return asked(text.replaceFirst("ever", ""));
    }
    if (text.matches("(?:who|what) else (?:is|are|has|have) .+")) {
      String other = text.startsWith("who") ? "other person who " : "other thing that ";
      return other + text.substring("what else ".length() - (text.startsWith("who") ? 1 : 0));
    }
    Matcher whoIs = WHO_IS.matcher(text);
    if (whoIs.lookingAt()) {
      return text.substring(whoIs.end());
    }
    if (text.startsWith("whoever ") || WHO.matcher(text).lookingAt()) {
      return "person who " + text.substring(text.indexOf(' ') + 1);
    }
    Matcher has = WHAT_HAS.matcher(text);
    if (has.matches()) {
      String what = has.group(2).equals("wearing") ? "clothes " : "thing ";
      return what + has.group(1) + "is " + has.group(2);
    }
    Matcher what = WHAT.matcher(text);
    if (what.lookingAt()) {
      return "thing that is " + text.substring(what.end());
    }
    if (text.matches("which (?:one )?of them .+")) {
      return "thing that " + text.substring(text.indexOf("them ") + 5);
    }
    Matcher of = WHICH_OF.matcher(text);
    if (of.matches()) {
      return relative(ofOne(of.group(2)));
    }
    Matcher is = WHICH_IS.matcher(text);
    if (is.matches()) {
      return is.group(1);
    }
    Matcher which = WHICH.matcher(text);
    if (which.matches()) {
      return relative(which.group(1));
    }
    return text;
  }

  /** "dogs is the smallest" is about one of them. */
  private static String ofOne(String text) {
    String[] words = text.split(" ");
    for (int i = 0; i < words.length; i++) {
      if (QueryWords.isPlural(words[i])) {
        words[i] = QueryWords.singular(words[i]);
        break;
      }
    }
    return String.join(" ", words);
  }

  /** "man wears a mask" is "man that wears a mask". */
  private static String relative(String text) {
    return text.replaceFirst(
        "^(one |(?:\\w+ )*?\\w+"
            + " )(?=(?:is|are|has|have|does|wears|holds|carries|rides|plays|sits|stands|looks|lies)\\b)",
        "$1that ");
  }
}
