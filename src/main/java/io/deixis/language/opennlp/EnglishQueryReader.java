package io.deixis.language.opennlp;

import io.deixis.language.QueryReader;
import io.deixis.language.Reading;
import io.deixis.language.Reading.Form;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads English queries by rules over the words and their parts of speech. What frames a query
 * ("can you show me") is taken off first; the rest is a referring expression for {@link
 * QueryParser}, or a sentence, or not understood.
 */
@ApplicationScoped
public class EnglishQueryReader implements QueryReader {

  /** Longer texts name several things; the rules would need a deep stack for them. */
  private static final int LONGEST = 500;

  private static final Pattern WORD =
      Pattern.compile(
          "(?:\\b\\p{L}\\.){2,}|\\p{N}+(?:\\.\\p{N}+)+"
              + "|[\\p{L}\\p{N}]+(?:(?:'?-|['/])[\\p{L}\\p{N}]+)*/?|,");

  /** "dog #2". */
  private static final Pattern NUMBER_SIGN = Pattern.compile("#\\s*(\\d{1,2})\\b");

  /** "person 3 from the left". */
  private static final Pattern NUMBERED =
      Pattern.compile(
          "\\b(?!(?:the|last|first|number) )([a-z]+) (\\d{1,2})(?= from (?:the"
              + " )?(?:left|right|top|bottom)\\b)");

  /** "man (left)", "man - left": what is apart is said besides. */
  private static final Pattern APART = Pattern.compile("\\s*[()]\\s*|\\s+[-–—]\\s+");

  /** "to the dog's left". */
  private static final Pattern LEFT_OF_SOMEBODY =
      Pattern.compile(
          "\\b(?:on|to|at) ((?:(?:the|a|his|her) )?[a-z]+(?: [a-z]+)?)'s"
              + " (left|right)(?:(?: hand)? side)?(?= ,| and | who | that |$)");

  /** "the girl whose hair is long". */
  private static final Pattern WHOSE =
      Pattern.compile("\\bwhose ((?:[a-z]+ )?[a-z]+) (?:is|are) (?!in |on |at |not )([a-z]+)\\b");

  private static final Pattern HYPHENS =
      Pattern.compile("\\b(?:second|next)-to-last\\b|\\bfar-(?:left|right)\\b");

  private static final Map<String, String> SHORT_FORMS =
      Map.ofEntries(
          Map.entry("isn't", "is not"),
          Map.entry("isnt", "is not"),
          Map.entry("aren't", "are not"),
          Map.entry("wasn't", "was not"),
          Map.entry("doesn't", "does not"),
          Map.entry("doesnt", "does not"),
          Map.entry("don't", "do not"),
          Map.entry("hasn't", "has not"),
          Map.entry("who's", "who is"),
          Map.entry("whos", "who is"),
          Map.entry("what's", "what is"),
          Map.entry("whats", "what is"),
          Map.entry("where's", "where is"),
          Map.entry("wheres", "where is"),
          Map.entry("that's", "that is"),
          Map.entry("which's", "which is"),
          Map.entry("i'm", "i am"),
          Map.entry("im", "i am"),
          Map.entry("i'd", "i would"),
          Map.entry("thats", "that is"),
          Map.entry("pls", "please"),
          Map.entry("plz", "please"),
          Map.entry("u", "you"),
          Map.entry("r", "are"),
          Map.entry("w/o", "without"));

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
          "^(?:i am (?:looking|searching) for|i (?:want|need|would like)(?: to (?:see|find))?) ");

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
          "^what (?:is|are) (?:that |this |the thing"
              + " )?(?=(?:on|in|under|next|behind|above|below|between|left|right|to the|at"
              + " the|near|beside|the (?:thing|object))\\b)");
  private static final Pattern WHICH_OF =
      Pattern.compile("^which (?:one )?of (?:the|these|those) ((?:two|three|four|five) )?(.+)$");
  private static final Pattern WHICH_IS = Pattern.compile("^which (?:one )?(?:is|are) (the .+)$");
  private static final Pattern WHICH = Pattern.compile("^which (?!is |are )(.+)$");
  private static final Pattern SUPERLATIVE_OF =
      Pattern.compile(
          "^(.*?)(\\w+(?:est|er)|leftmost|rightmost) of (?:all )?(?:the|these|those)"
              + " (?!(?:two|three|four|five|six)$)"
              + "(?:(?:two|three|four|five|six) )?(?=\\w)");

  /** "the brown one of the dogs", "the middle of the three men". */
  private static final Pattern ONE_OF =
      Pattern.compile(
          "((?:the )?(?:\\w+(?= one)|middle|centre|center))(?: one)? of (?:the|these|those)(?:"
              + " (?:two|three|four|five))? (\\w+)( .*|)");

  private static final Pattern TAIL =
      Pattern.compile(
          "(?:(?: ,)? (?:please|for me|here|anywhere|somewhere|there|now|thanks|thank you))+$"
              + "|(?: (?:is|are))$");

  /** "the shirt the man is wearing", "the ball the dog is chasing". */
  private static final Pattern OBJECT_CLAUSE =
      Pattern.compile(
          "(?:(?:the|an?) )?(?:(?!and |or |, )\\w+ ){1,3}(?:the|an?|his|her)"
              + " (?:(?!and |or |, )\\w+ ){1,6}?(?:is|are) \\w+ing(?: on| with)?");

  private static final Pattern NOT_ASKED =
      Pattern.compile(
          "^(?:why|when|how(?! many| about)|what(?! is| are| about)|whose|is"
              + " (?!there|(?:any|some)(?:body|one))|are (?!there)|does(?!"
              + " (?:any|some)(?:body|one))|do (?!you see|we"
              + " have)|did|has|was|were|should|if|hello|thanks|thank)\\b.*");

  private final OpenNlpCaptionChunker language;
  private Spelling spelling;

  /** Creates a reader that shares the chunker's part-of-speech tagger. */
  public EnglishQueryReader(OpenNlpCaptionChunker language) {
    this.language = language;
  }

  @Override
  public Reading read(String query) {
    if (query.length() > LONGEST) {
      return Reading.whole(query.strip()).of(Form.SENTENCE, List.of(), List.of());
    }
    String typed = normalised(query);
    if (typed.isBlank()) {
      return Reading.whole(query.strip());
    }
    Spelling.Checked checked = spelling().check(typed);
    if (checked.foreign()) {
      return Reading.whole(query.strip()).of(Form.FOREIGN, List.of(), checked.unknown());
    }
    Reading reading = understood(checked.words(), query.strip());
    boolean asTyped =
        reading.isPlain() && reading.form() == Form.PHRASE && checked.corrections().isEmpty();
    return (asTyped ? reading.withText(query.strip()) : reading)
        .of(reading.form(), checked.corrections(), checked.unknown());
  }

  /**
   * Reads words that are spelled right.
   *
   * @param words in lower case, between single blanks
   * @param whole what stands for them if they are not understood
   */
  private Reading understood(String words, String whole) {
    if (NOT_ASKED.matcher(words).matches()) {
      return Reading.whole(whole);
    }
    Framed framed = Framed.of(words);
    if (framed.text().isBlank()) {
      return Reading.whole(whole);
    }
    TaggedText text = tagged(framed.text());
    if (framed.form() == Form.PHRASE && isSentence(text)) {
      return Reading.whole(whole).of(Form.SENTENCE, List.of(), List.of());
    }
    return QueryParser.parse(text)
        .filter(reading -> !NO_TARGET.matcher(reading.target()).matches())
        .map(reading -> framed.all() && reading.number() == 1 ? all(reading) : reading)
        .map(reading -> reading.of(framed.form(), List.of(), List.of()))
        .orElseGet(() -> Reading.whole(whole));
  }

  private synchronized Spelling spelling() {
    if (spelling == null) {
      spelling = Spelling.load();
    }
    return spelling;
  }

  private static final Pattern NO_TARGET =
      Pattern.compile(
          "(?:he|she|it|they|him|them|i|you|we|time|colou?r|the|an?|this|that)(?: .*)?");

  private static Reading all(Reading r) {
    return new Reading(
        r.text(),
        r.target(),
        r.attributes(),
        r.relations(),
        Reading.ALL,
        r.form(),
        r.corrections(),
        r.unknownWords(),
        r.understood());
  }

  /** Lower case, single blanks, commas apart, no other punctuation, no short forms. */
  private static String normalised(String query) {
    StringBuilder words = new StringBuilder();
    String lower = CaptionTagger.plain(query).toLowerCase(Locale.ROOT).replace('’', '\'');
    lower = APART.matcher(lower).replaceAll(" , ");
    Matcher word = WORD.matcher(NUMBER_SIGN.matcher(lower).replaceAll("number $1"));
    while (word.find()) {
      if (words.isEmpty() && word.group().equals(",")) {
        continue;
      }
      words
          .append(words.isEmpty() ? "" : " ")
          .append(SHORT_FORMS.getOrDefault(word.group(), word.group()));
    }
    String plain =
        words.toString().replaceAll("(?: ,)+$", "").replaceAll("\\b(?:is|has|have) got\\b", "has");
    plain = NUMBERED.matcher(plain).replaceAll("$1 number $2");
    plain = LEFT_OF_SOMEBODY.matcher(plain).replaceAll("$2 of $1");
    plain = WHOSE.matcher(plain).replaceAll("with $2 $1");
    return HYPHENS
        .matcher(plain)
        .replaceAll(found -> found.group().replace('-', ' '))
        .replace("from the end", "from the right")
        .replaceAll("\\b(top|bottom|upper) most\\b", "$1most");
  }

  private TaggedText tagged(String text) {
    String[] words = text.isBlank() ? new String[0] : text.split(" ");
    return new TaggedText(words, language.tags(words));
  }

  /**
   * A query without its frame.
   *
   * @param text the referring expression
   * @param form what the frame made of it
   * @param all whether it asks for every one: "how many"
   */
  private record Framed(String text, Form form, boolean all) {

    static Framed of(String query) {
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
      if (all) {
        text = text.replaceFirst(" (?:are|is)$", "");
      }
      text = SUPERLATIVE_OF.matcher(text).replaceFirst("$1$2 ");
      Matcher ones = ONE_OF.matcher(text);
      if (ones.matches()) {
        text = ones.group(1) + " " + QueryWords.singular(ones.group(2)) + ones.group(3);
      }
      return new Framed(text, form, all);
    }

    private static String asked(String text) {
      String shorter = WHERE.matcher(text).replaceFirst("");
      if (!shorter.equals(text)) {
        return text.startsWith("does ")
            ? "person who " + shorter.substring(shorter.indexOf(' ') + 1)
            : shorter.replaceFirst(" at$", "");
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
        return singularFirst(of.group(2));
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
    private static String singularFirst(String text) {
      String[] words = text.split(" ");
      for (int i = 0; i < words.length; i++) {
        if (QueryWords.isPlural(words[i])) {
          words[i] = QueryWords.singular(words[i]);
          break;
        }
      }
      return relative(String.join(" ", words));
    }

    /** "man wears a mask" is "man that wears a mask". */
    private static String relative(String text) {
      return text.replaceFirst(
          "^(one |(?:\\w+ )*?\\w+"
              + " )(?=(?:is|are|has|have|does|wears|holds|carries|rides|plays|sits|stands|looks|lies)\\b)",
          "$1that ");
    }
  }

  /**
   * Whether a text names several things to be found each: things in a row, or a statement with a
   * verb of its own.
   */
  private boolean isSentence(TaggedText text) {
    String words = text.toString();
    if (OBJECT_CLAUSE.matcher(words).matches() || words.matches(".* , (?:the )?\\w+ one")) {
      return false;
    }
    boolean list =
        words.matches(
                "(?:an?|the|some|two|three|[^ ,]+) (?:[^ ,]+ )*?(?:and|,) (?:and"
                    + " )?(?:an?|the|his|her|their|some|two|three) .*")
            && !words.matches(
                ".*\\b(?:between|of|left|right|not|who|that|which|except|but|other)\\b.*");
    if (list || words.contains(" , ") && withArticles(words).isListOfThings()) {
      return true;
    }
    if (words.matches(".*\\b(?:that|who|which|whose|not)\\b.*")) {
      return false;
    }
    return text.isStatement();
  }

  /** The tagger knows nouns best behind an article: "the sheep , the goats and the chickens". */
  private TaggedText withArticles(String list) {
    return tagged("the " + list.replaceAll(" (,(?: and| or)?|and|or) (?!and |or )", " $1 the "));
  }
}
