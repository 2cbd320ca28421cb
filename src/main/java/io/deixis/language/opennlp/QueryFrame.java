package io.deixis.language.opennlp;

import io.deixis.language.Reading;
import io.deixis.language.Reading.Form;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query without its frame.
 *
 * @param text the referring expression
 * @param form what the frame made of it
 * @param number as {@link Reading#number}: all if it asks how many, none if it says that there is
 *     none; else 1, as far as the frame goes
 */
record QueryFrame(String text, Form form, int number) {

  private static final Pattern POLITE =
      Pattern.compile("^(?:(?:hey|hi|ok|okay|please|now|so|and|just|kindly|no(?= ,)) (?:, )?)+");

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
          "^(?:(?:and )?where(?:abouts)?(?: exactly| precisely| on earth| in (?:the|this)"
              + " (?:picture|photo|image|scene))? (?:is|are)|is(?= (?:any|some)(?:body|one) )|where"
              + " (?:can|could|do) (?:i|you|we) (?:see|find|spot)|is there|are there|do you see|can"
              + " (?:you|i|we) see|does(?= (?:any|some)(?:body|one) )|do we have|did you see|have"
              + " you seen|what about|how about|how many) ");

  /** "the coordinates of the dog", "what is the exact position of". */
  private static final Pattern PLACE_OF =
      Pattern.compile(
          "^(?:what (?:is|are) )?(?:the )?(?:exact |precise |current )?(?:bounding box"
              + " )?(?:coordinates?|positions?|locations?|whereabouts) (?:of|for) (?=\\w)");

  private static final Pattern WHO =
      Pattern.compile("^(?:who|whom) (?=is |are |was |has |have |wears |holds |\\w+s )");

  /** "who is that man on the left", not "who is the tallest". */
  private static final Pattern WHO_IS =
      Pattern.compile(
          "^who (?:is|are) (?=(?:the|that|this|these|those)"
              + " (?!(?:\\w+(?:est|most)|one|first|last|second|third|fourth|middle)(?:$|"
              + " (?:in|on|of|from|to|at)\\b))\\w)");

  private static final String SUBJECT =
      "((?!there |you |we |i |it |this |that )(?!(?:the|an?|his|her|these|those) \\w+$)(?:\\w+"
          + " )+?)";

  private static final String WITH_VERB =
      "(?: (?:with|on|at|to|in|against|under|behind|over|for))?";

  /** What nobody does with a thing. */
  private static final String NO_DEED =
      "(?!doing|happening|going|being|having|say|mean|look$|cost|do )";

  /** "what is the child holding". */
  private static final Pattern WHAT_HAS =
      Pattern.compile("^what (?:is|are) " + SUBJECT + "(" + NO_DEED + "\\w+ing" + WITH_VERB + ")$");

  /** "who is the woman hugging"; but "who is the woman smiling" asks for her. */
  private static final Pattern WHO_HAS =
      Pattern.compile(
          "^(?:who|whom) (?:is|are) "
              + SUBJECT
              + "((?:(?:hugg|kiss|hold|carry|chas|touch|hitt|push|pull|kick|catch|feed|help|follow|watch"
              + "|pett)ing"
              + WITH_VERB
              + "|\\w+ing (?:with|on|at|to)))$");

  /** "what does the man hold". */
  private static final Pattern WHAT_DOES =
      Pattern.compile(
          "^(what|who|whom) (?:does|do|did) "
              + SUBJECT
              + "("
              + NO_DEED
              + "\\w+)("
              + WITH_VERB
              + ")$");

  /** "no dogs", "there are no dogs", "none of the dogs"; not "no parking sign". */
  private static final Pattern NONE =
      Pattern.compile(
          "^(?:there (?:is|are|was|were) |i (?:can )?see )?(?:no(?! one\\b)|zero|0|not (?:a"
              + " single|one(?! of)|an?|any)|(?:none|neither|not one) of(?:"
              + " (?:the|these|those))?|neither) "
              + "(?!.*\\b(?:signs?|symbols?|notice|zone)\\b)(?=\\w)");

  private static final Pattern NOBODY =
      Pattern.compile(
          "^(?:there (?:is|was) |i (?:can )?see )?(?:nobody|no(?: |-)?one|none|(nothing))\\b ?");

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
              + " me|here|anywhere|somewhere|there|now|only|thanks|thank you))+$|(?: (?:is|are))$");

  /** Takes the frame off a query in the form that {@link QueryText} gives. */
  static QueryFrame of(String query) {
    String text = POLITE.matcher(query).replaceFirst("");
    Form form = Form.PHRASE;
    int number = text.startsWith("how many ") || text.startsWith("count ") ? Reading.ALL : 1;
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
    shorter = claimed(text);
    if (!shorter.equals(text)) {
      form = Form.QUESTION;
      number = Reading.NONE;
      text = shorter;
    }
    return new QueryFrame(ofSeveral(withoutTail(text)), form, number);
  }

  /** Returns what a query says that there is none of, itself if it does not say so. */
  private static String claimed(String text) {
    Matcher none = NONE.matcher(text);
    if (none.find()) {
      String thing = text.substring(none.end());
      return none.group().matches(".*\\b(?:none|neither|one) of.*")
          ? relative(ofOne(thing))
          : thing;
    }
    Matcher nobody = NOBODY.matcher(text);
    if (!nobody.find()) {
      return text;
    }
    String who = nobody.group(1) == null ? "person" : "thing";
    String rest = text.substring(nobody.end());
    boolean does = rest.matches("(?:is|has|\\w{3,}s)\\b.*");
    return (who + (does ? " that " : " ") + rest).strip();
  }

  private static String withoutTail(String query) {
    String text = query;
    String tail = text;
    do {
      text = tail;
      tail = TAIL.matcher(text).replaceFirst("");
    } while (!tail.equals(text));
    return text;
  }

  /** "the smallest of the dogs" is the smallest dog. */
  private static String ofSeveral(String query) {
    String text = query;
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
    return text;
  }

  private static String asked(String text) {
    String shorter = WHERE.matcher(text).replaceFirst("");
    if (!shorter.equals(text)) {
      return text.startsWith("does ")
          ? "person who " + shorter.substring(shorter.indexOf(' ') + 1)
          : shorter.replaceFirst(" at$", "");
    }
    shorter = PLACE_OF.matcher(text).replaceFirst("");
    if (!shorter.equals(text)) {
      return shorter;
    }
    if (text.startsWith("whichever ")) {
      return asked(text.replaceFirst("ever", ""));
    }
    if (text.matches("(?:who|what) else (?:is|are|has|have) .+")) {
      String other = text.startsWith("who") ? "other person who " : "other thing that ";
      return other + text.substring("what else ".length() - (text.startsWith("who") ? 1 : 0));
    }
    String had = had(text);
    if (!had.equals(text)) {
      return had;
    }
    Matcher whoIs = WHO_IS.matcher(text);
    if (whoIs.lookingAt()) {
      return text.substring(whoIs.end());
    }
    if (text.startsWith("whoever ") || WHO.matcher(text).lookingAt()) {
      return "person who " + text.substring(text.indexOf(' ') + 1);
    }
    Matcher what = WHAT.matcher(text);
    if (what.lookingAt()) {
      return "thing that is " + text.substring(what.end());
    }
    return which(text);
  }

  /** "which man wears a mask" asks for the man that wears a mask. */
  private static String which(String text) {
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

  /** "what is the child holding" asks for the thing the child is holding. */
  private static String had(String text) {
    Matcher has = WHAT_HAS.matcher(text);
    if (has.matches()) {
      String what = has.group(2).equals("wearing") ? "clothes " : "thing ";
      return what + has.group(1) + "is " + has.group(2);
    }
    Matcher who = WHO_HAS.matcher(text);
    if (who.matches()) {
      return "person " + who.group(1) + "is " + who.group(2);
    }
    Matcher does = WHAT_DOES.matcher(text);
    if (!does.matches()) {
      return text;
    }
    String verb = does.group(3);
    String what =
        !does.group(1).equals("what") ? "person " : verb.equals("wear") ? "clothes " : "thing ";
    boolean have = verb.equals("have");
    return what
        + does.group(2)
        + (have ? "has" : "is " + RelationGrammar.participle(verb))
        + does.group(4);
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
