package io.deixis.language.opennlp;

import static io.deixis.language.opennlp.TaggedText.words;

import io.deixis.language.Reading;
import io.deixis.language.Reading.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a referring expression from left to right: a noun phrase with what stands before its noun
 * ("the second biggest"), and what follows it ("on the left", "next to the tree", "who is not in
 * red"). A relation belongs to the nearest noun before it.
 */
final class QueryParser {

  private static final Pattern PICTURE =
      words(
          "(?:in|of|on|from) (?:the |this"
              + " )?(?:picture|photo|photograph|image|frame|scene|screen|shot|view)");

  static final Pattern FILLER =
      words(
          "of all|of them(?: all)?|of the (?:two|three|four|lot|group|bunch)|out there|over"
              + " there|there|here|anywhere|somewhere|please"
              + "|hand in hand|arm in arm|side by side|face to face|back to back");

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

  private static final Pattern BUT = Pattern.compile("but (?:no|without|with)");

  private static final Pattern DOING = words("(?:wearing|holding|carrying|riding)(?= \\w)");

  private static final Pattern BESIDE =
      words(
          "(?:between|(?:left|right|in front|on top) of|(?:to|on) the (?:left|right) of|next to"
              + "|above|below|under|behind)(?= \\w)");

  private static final Pattern THE_ONE = words("(?:the )?(\\w+) one");

  private static final Pattern DRESSED = Pattern.compile("(\\w+) ([\\w-]+) (\\w+)");

  private static final Pattern OWNED = Pattern.compile("(.+)'s (.+)");

  private static final Pattern OWNS = words("'s(?= \\w)");

  /** Only people wear something, or hold it. */
  private static final Predicate<Relation> IS_OF_PEOPLE =
      relation ->
          relation.name().matches("wearing|holding|carrying|riding")
              || relation.name().equals("with")
                  && relation.references().stream()
                      .map(reference -> RelationGrammar.head(reference.target()))
                      .anyMatch(noun -> QueryWords.isClothing(noun) || noun.matches("hair|beard"));

  /** What things do not do. */
  private static final Pattern OF_SOMEBODY =
      words(
          "wearing|holding|carrying|riding|painting|eating|drinking|reading|playing|talking"
              + "|smiling|laughing|looking|watching|taking|cooking|pushing|pulling|throwing|kicking"
              + "|catching|climbing|using|singing|dancing|walking|jumping|waving|smoking|sleeping");

  private static final Pattern ADVERB =
      words("just|right|directly|immediately|currently|only|all|both|closely|also");

  /**
   * How many expressions are tried at most; people need some six. What does not fit is tried in
   * other ways, and what is within it again each time: without a limit a few dozen words take for
   * ever.
   */
  private static final int MOST_TRIES = 200;

  private final TaggedText text;
  private final NumberGrammar numbers;
  private final OrderGrammar orders;
  private final NounGrammar nouns;
  private final PlaceGrammar places;
  private final RelationGrammar relations;
  private final ExclusionGrammar exclusion;

  /**
   * How many expressions are being read, each within the one before. What follows a comma is said
   * of the outermost: "the taxi on the street, closest to us".
   */
  private int depth;

  /** Of how many of these several are asked for. */
  private int severals;

  private int tries;

  private QueryParser(TaggedText text) {
    this.text = text;
    this.numbers = new NumberGrammar(text);
    this.orders = new OrderGrammar(text);
    this.places = new PlaceGrammar(text);
    this.nouns = new NounGrammar(text, this, places);
    this.relations = new RelationGrammar(text, this);
    this.exclusion = new ExclusionGrammar(text, this);
  }

  /** Reads all of a text; nothing if words are left over or there is no noun. */
  static Optional<Reading> parse(TaggedText text) {
    text.moveTo(0);
    QueryParser parser = new QueryParser(text);
    Optional<Reading> reading = parser.expression().map(parser::withLastVerb);
    return reading.filter(r -> text.atEnd() && parser.tries <= MOST_TRIES);
  }

  /** "the dogs on the left bark": the one word left over is what they do. */
  private Reading withLastVerb(Reading r) {
    boolean last = !text.atEnd() && text.word(1).isEmpty();
    boolean said = !r.relations().isEmpty() || !r.attributes().isEmpty();
    String verb = text.word(0);
    boolean agrees = r.isSeveral() != verb.endsWith("s");
    if (!last || !said || !agrees || !text.tag(0).matches("VERB|NOUN|PROPN")) {
      return r;
    }
    text.next();
    List<String> attributes = new ArrayList<>(r.attributes());
    attributes.add(RelationGrammar.participle(verb));
    return new Reading(r.text() + " " + verb, r.target(), attributes, r.relations(), r.number());
  }

  /**
   * What may follow the noun of an expression: nothing follows what is worn, which has no place.
   */
  enum Said {
    ALL,
    NO_PLACE,
    NOTHING
  }

  Optional<Reading> expression() {
    return expression(Said.ALL);
  }

  Optional<Reading> expression(Said said) {
    if (++tries > MOST_TRIES) {
      return Optional.empty();
    }
    depth++;
    try {
      return read(said);
    } finally {
      depth--;
    }
  }

  private Optional<Reading> read(Said said) {
    Draft draft = new Draft(text.position());
    numbers.read(draft);
    orders.read(draft);
    if (!unnamed(draft) && !nouns.read(draft, said)) {
      return Optional.empty();
    }
    possessive(draft);
    dressed(draft);
    boolean several = draft.number != 1;
    severals += several ? 1 : 0;
    modifiers(draft, said);
    severals -= several ? 1 : 0;
    draft.settlePlace();
    if (draft.target.toString().equals("thing")
        && draft.relations.stream().anyMatch(IS_OF_PEOPLE)) {
      draft.target.replace(0, draft.target.length(), "person");
    }
    return Optional.of(draft.reading(text.between(draft.start, text.position())));
  }

  /** Reads all that is said behind the noun, as far as it is said of this one. */
  private void modifiers(Draft draft, Said said) {
    boolean worn = QueryWords.isClothing(RelationGrammar.head(draft.target.toString()));
    boolean more = said == Said.ALL || said == Said.NO_PLACE && !worn;
    while (more && !text.atEnd()) {
      int before = text.position();
      int known = draft.relations.size();
      int doing = draft.attributes.size();
      more = modifier(draft, false);
      if (known > draft.relations.size() || doing > draft.attributes.size()) {
        continue; // what was said so far is said of the owner
      }
      List<Relation> related = draft.relations.subList(known, draft.relations.size());
      List<String> done = draft.attributes.subList(doing, draft.attributes.size());
      boolean place =
          said == Said.NO_PLACE && !related.isEmpty() && related.get(0).references().isEmpty();
      if (more && (place || depth > 1 && isOfOwner(draft, related, done))) {
        related.clear();
        done.clear();
        text.moveTo(before);
        more = false;
      }
    }
  }

  /** "the man on the ladder painting the wall": only somebody paints, so it is not the ladder. */
  private static boolean isOfOwner(Draft draft, List<Relation> related, List<String> done) {
    return !QueryWords.isAlive(draft.noun())
        && (related.stream().anyMatch(QueryParser::isCompany)
            || Stream.concat(related.stream().map(Relation::name), done.stream())
                .anyMatch(verb -> OF_SOMEBODY.matcher(verb).lookingAt()));
  }

  /** "on the bench with the woman": who is with somebody is no bench. */
  private static boolean isCompany(Relation relation) {
    return relation.name().equals("with")
        && relation.references().stream()
            .anyMatch(who -> QueryWords.isAlive(RelationGrammar.head(who.target())));
  }

  /** "between the two dogs", "wearing a hat": where or what, but not of what. */
  private boolean unnamed(Draft draft) {
    if (depth > 1 || draft.start > 0 || text.position() > 0) {
      return false;
    }
    boolean person = text.take(DOING);
    boolean thing = text.take(BESIDE);
    text.moveTo(0);
    if (person || thing) {
      draft.target.append(person ? "person" : "thing");
    }
    return person || thing;
  }

  /** "the left man's hat" is the hat of the left man; "the man's hat" stays as it is. */
  private void possessive(Draft draft) {
    Matcher owned = OWNED.matcher(draft.target);
    if (draft.relations.isEmpty() && draft.place == 0 || !owned.matches()) {
      return;
    }
    draft.settlePlace();
    String phrase = text.between(draft.start, text.position());
    Reading owner =
        new Reading(
            phrase.substring(0, phrase.lastIndexOf("'s")),
            owned.group(1),
            List.of(),
            draft.relations,
            1);
    draft.belongsTo(owner, owned.group(2), draft.number);
  }

  /** "the man on the left 's hat", "the woman in blue 's bike": not the bike of a blue. */
  private boolean belongs(Draft draft) {
    int start = text.position();
    if (!text.take(OWNS) || depth > 1 && QueryWords.isClothing(draft.noun())) {
      return text.back(start);
    }
    Draft thing = new Draft(text.position());
    if (!nouns.read(thing, Said.NOTHING)) {
      return text.back(start);
    }
    draft.settlePlace();
    Reading owner = draft.reading(text.between(draft.start, start));
    draft.belongsTo(owner, thing.target.toString(), thing.number);
    return true;
  }

  /** "white shirt guy". */
  private static void dressed(Draft draft) {
    Matcher dressed = DRESSED.matcher(draft.target);
    if (dressed.matches()
        && QueryWords.isPerson(dressed.group(3))
        && QueryWords.COLOURS.contains(dressed.group(1))
        && QueryWords.CLOTHES.contains(dressed.group(2))) {
      String worn = dressed.group(1) + " " + dressed.group(2);
      draft.target.replace(0, draft.target.length(), dressed.group(3));
      draft.relations.add(new Relation("wearing", 1, List.of(Reading.of(worn, worn)), false));
    }
  }

  /** Whether what is being read is the reference of another expression. */
  boolean isWithin() {
    return depth > 1;
  }

  /** Reads one thing that is said behind the noun; false if the next words are none. */
  private boolean modifier(Draft draft, boolean negated) {
    int start = text.position();
    if (text.take(PICTURE) || text.take(FILLER)) {
      return true;
    }
    if (text.take(OTHER_THAN)) {
      return isOneLeftOut(draft) && exclusion.excluded(draft) || text.back(start);
    }
    if (belongs(draft) || hasNot(draft) || isNot(draft) || relations.clause(draft, negated)) {
      return true;
    }
    if (text.take(RELATIVE)) {
      return relative(draft, negated, start) || text.back(start);
    }
    if (text.word(0).matches(",|and") || BUT.matcher(text.word(0) + " " + text.word(1)).matches()) {
      return besides(draft, negated) || text.back(start);
    }
    int known = draft.relations.size();
    if (QueryWords.isPerson(draft.noun())
        && nouns.clothing()
        && relations.related(draft, "wearing", negated)) {
      return true;
    }
    if (places.place(draft)) {
      negateFrom(draft, known, negated);
      return true;
    }
    return relations.preposition(draft, negated)
        || relations.participle(draft, negated)
        || text.take(ADVERB) && modifier(draft, negated)
        || text.back(start);
  }

  /** "who is not in red", "that has a hat", "is on the left". */
  private boolean relative(Draft draft, boolean negated, int start) {
    boolean be = !text.group(1).isEmpty() || !text.group(2).isEmpty();
    boolean who = text.between(start, text.position()).matches("(?:, )?who.*");
    if (who && !draft.target.toString().equals("thing") && !QueryWords.isPerson(draft.noun())) {
      return false;
    }
    return hasNot(draft)
        || isNot(draft)
        || (be ? modifier(draft, negated) || relations.adjective(draft) : relations.finite(draft));
  }

  /**
   * "everything on the plate except the fries": what is left out is one of several, and of the
   * things asked for rather than of what they are told by.
   */
  private boolean isOneLeftOut(Draft draft) {
    int around = severals - (draft.number != 1 ? 1 : 0);
    return depth == 1 || draft.number != 1 && around == 0;
  }

  /** "who does not wear a hat", "has no beard". */
  private boolean hasNot(Draft draft) {
    int start = text.position();
    if (!text.take(HAVE_NOT)) {
      return false;
    }
    String verb = text.group(1);
    String name =
        verb.isEmpty() || verb.startsWith("ha") ? "with" : RelationGrammar.participle(verb);
    return relations.related(draft, name, true) || text.back(start);
  }

  private boolean isNot(Draft draft) {
    int start = text.position();
    return text.take(NOT) && (modifier(draft, true) || exclusion.notSo(draft)) || text.back(start);
  }

  /** What follows a comma, "and" or "but". */
  private boolean besides(Draft draft, boolean negated) {
    if (text.word(0).equals(",") && depth > 1) {
      return false;
    }
    boolean comma = text.next().equals(",");
    if (text.atEnd()) {
      return false;
    }
    return modifier(draft, negated) || (comma ? apart(draft) : relations.another(draft));
  }

  /** "shirt, shiny", "the dog, the brown one", "man, red hat". */
  private boolean apart(Draft draft) {
    int start = text.position();
    if (text.take(THE_ONE) && !QueryWords.ORDERS.containsKey(text.group(1))) {
      draft.modify(text.group(1));
      return true;
    }
    text.moveTo(start);
    if (QueryWords.isPerson(draft.noun()) && relations.related(draft, "wearing", false)) {
      Reading worn = draft.relations.get(draft.relations.size() - 1).references().get(0);
      if (QueryWords.isClothing(RelationGrammar.head(worn.target()))) {
        return true;
      }
      draft.relations.remove(draft.relations.size() - 1);
      text.moveTo(start);
    }
    boolean lone = text.word(1).isEmpty() || text.word(1).equals(",");
    if (lone && text.word(0).endsWith("y")) {
      draft.modify(text.next());
      return true;
    }
    return lone && relations.adjective(draft) || text.back(start);
  }

  private static void negateFrom(Draft draft, int first, boolean negated) {
    if (negated) {
      for (int i = first; i < draft.relations.size(); i++) {
        draft.relations.set(i, draft.relations.get(i).negated());
      }
    }
  }
}
