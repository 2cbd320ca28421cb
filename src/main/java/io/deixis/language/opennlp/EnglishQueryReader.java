package io.deixis.language.opennlp;

import io.deixis.language.QueryReader;
import io.deixis.language.Reading;
import io.deixis.language.Reading.Form;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads English queries by rules over the words and their parts of speech. {@link QueryText} brings
 * a query into one form, {@link QueryFrame} takes off what frames it ("can you show me"); the rest
 * is a referring expression for {@link QueryParser}, or a sentence, or not understood.
 */
@ApplicationScoped
public class EnglishQueryReader implements QueryReader {

  /** Longer texts name several things; the rules would need a deep stack for them. */
  private static final int LONGEST = 500;

  /** Each part of a list is tagged and read by itself; nobody lists more by their places. */
  private static final int MOST_PARTS = 8;

  private static final Pattern NOT_ASKED =
      Pattern.compile(
          "^(?:why|when|how(?! many| about)|what(?! is| are| about| else| does| do| did)|whose|is"
              + " (?!there|(?:any|some)(?:body|one))|are (?!there)|does(?!"
              + " (?:any|some)(?:body|one))|do (?!you see|we"
              + " have)|did|has|was|were|should|if|hello|thanks|thank)\\b.*");

  private static final Pattern NO_TARGET =
      Pattern.compile(
          "(?:he|she|it|they|him|them|i|you|we|what|who|which|time|colou?r|the|an?|this|that"
              + "|(?:can|could|will|would|do) (?:he|she|it|they|i|you|we))(?: .*)?");

  private static final Pattern WORN_BOTH =
      Pattern.compile(
          ".* (?:in|wearing|with) (?:\\S+ )*?(\\S+) and (?:an?|the|his|her) (?:\\S+ ){0,3}?(\\S+)"
              + "(?: (?:in|on|at|with|next|holding|near|by)\\b.*)?");

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
    String typed = QueryText.normalised(query);
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
    QueryFrame framed = QueryFrame.of(words);
    TaggedText text = tagged(framed.text());
    if (framed.form() == Form.PHRASE && isSentence(text)) {
      return sentence(whole, parts(text), framed.number());
    }
    return QueryParser.parse(text)
        .filter(EnglishQueryReader::hasTarget)
        .map(reading -> asked(reading, framed.number()).of(framed.form(), List.of(), List.of()))
        .orElseGet(
            () -> {
              List<Reading> parts = parts(text);
              return parts.isEmpty()
                  ? Reading.whole(whole)
                  : sentence(whole, parts, framed.number());
            });
  }

  private static boolean hasTarget(Reading reading) {
    return !NO_TARGET.matcher(reading.target()).matches();
  }

  private static Reading asked(Reading reading, int number) {
    return number == Reading.NONE || reading.number() == 1 ? reading.withNumber(number) : reading;
  }

  /**
   * Returns a sentence. Where a part is told by its place, or said not to be there, all are read:
   * "the first taxi and the last taxi"; else they are found as phrases of a caption.
   */
  private static Reading sentence(String whole, List<Reading> parts, int number) {
    boolean read =
        number == Reading.NONE
            || parts.stream()
                .flatMap(part -> part.relations().stream())
                .anyMatch(relation -> relation.references().isEmpty());
    return Reading.whole(whole)
        .of(Form.SENTENCE, List.of(), List.of())
        .listing(read ? parts.stream().map(part -> asked(part, number)).toList() : List.of());
  }

  private synchronized Spelling spelling() {
    if (spelling == null) {
      spelling = Spelling.load();
    }
    return spelling;
  }

  private TaggedText tagged(String text) {
    String[] words = text.isBlank() ? new String[0] : text.split(" ");
    return new TaggedText(words, language.tags(words));
  }

  /**
   * Whether a text names several things to be found each: things in a row, or a statement with a
   * verb of its own.
   */
  private boolean isSentence(TaggedText text) {
    String words = text.toString();
    if (words.matches(".* , (?:the )?\\w+ one")
        || text.namesTwoInARow() && QueryParser.parse(text).isPresent()) {
      return false;
    }
    boolean list =
        words.matches(
                "(?:an?|the|some|two|three|[^ ,]+) (?:[^ ,]+ )*?(?:and|,) (?:and"
                    + " )?(?:an?|the|his|her|their|some|two|three) .*")
            && !wearsBoth(words)
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

  /** "the girl in white shorts and a blue top". */
  private static boolean wearsBoth(String words) {
    Matcher worn = WORN_BOTH.matcher(words);
    return worn.matches()
        && QueryWords.isClothing(worn.group(1))
        && QueryWords.isClothing(worn.group(2));
  }

  /**
   * Returns the expressions that a text is a row of, "the bride and the groom"; none if it is none:
   * "a white and green hat".
   */
  private List<Reading> parts(TaggedText text) {
    if (text.count("and|or") >= MOST_PARTS) {
      return List.of();
    }
    text.moveTo(1);
    while (!text.atEnd() && !text.word(0).matches("and|or")) {
      text.next();
    }
    int and = text.position();
    boolean row =
        !text.atEnd()
            && (text.tag(-1).matches("NOUN|PROPN") || QueryWords.isOrder(text.word(-1)))
            && !QueryWords.COLOURS.contains(text.word(-1))
            && (text.tag(1).matches("DET|NOUN|PROPN|ADJ|NUM") || QueryWords.isOrder(text.word(1)));
    if (!row) {
      return List.of();
    }
    TaggedText behind = tagged(text.rest(and + 1));
    Optional<Reading> first = part(tagged(text.between(0, and)));
    List<Reading> rest = part(behind).map(List::of).orElseGet(() -> parts(behind));
    if (first.isEmpty() || rest.isEmpty()) {
      return List.of();
    }
    Reading one = first.get();
    String noun = one.target().equals("thing") ? rest.get(0).target() : one.target();
    return Stream.concat(Stream.of(one.withTarget(noun)), rest.stream()).toList();
  }

  private static Optional<Reading> part(TaggedText text) {
    return QueryParser.parse(text).filter(EnglishQueryReader::hasTarget);
  }

  /** The tagger knows nouns best behind an article: "the sheep , the goats and the chickens". */
  private TaggedText withArticles(String list) {
    return tagged("the " + list.replaceAll(" (,(?: and| or)?|and|or) (?!and |or )", " $1 the "));
  }
}
