package io.deixis.language.opennlp;

import static io.deixis.language.opennlp.TaggedText.words;

import io.deixis.language.Reading;
import io.deixis.language.Reading.Relation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

  private static final Pattern FILLER =
      words(
          "of all|of them(?: all)?|of the (?:two|three|four|lot|group|bunch)|out there|over"
              + " there|there|here|anywhere|somewhere|please");

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

  private QueryParser(TaggedText text) {
    this.text = text;
    this.numbers = new NumberGrammar(text);
    this.orders = new OrderGrammar(text);
    this.places = new PlaceGrammar(text);
    this.nouns = new NounGrammar(text, places);
    this.relations = new RelationGrammar(text, this);
    this.exclusion = new ExclusionGrammar(text, this);
  }

  /** Reads all of a text; nothing if words are left over or there is no noun. */
  static Optional<Reading> parse(TaggedText text) {
    QueryParser parser = new QueryParser(text);
    Optional<Reading> reading = parser.expression();
    return reading.filter(r -> text.atEnd());
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
    numbers.read(draft);
    orders.read(draft);
    if (!nouns.read(draft)) {
      text.moveTo(start);
      return Optional.empty();
    }
    boolean worn = RelationGrammar.isClothing(RelationGrammar.head(draft.target.toString()));
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

  /** Reads one thing that is said behind the noun; false if the next words are none. */
  private boolean modifier(Draft draft, boolean negated) {
    int start = text.position();
    if (text.take(PICTURE) || text.take(FILLER)) {
      return true;
    }
    if (text.take(OTHER_THAN)) {
      return exclusion.excluded(draft) || text.back(start);
    }
    if (text.take(HAVE_NOT)) {
      String verb = text.group(1);
      String name =
          verb.isEmpty() || verb.startsWith("ha") ? "with" : RelationGrammar.participle(verb);
      return relations.related(draft, name, true) || text.back(start);
    }
    if (text.take(NOT)) {
      if (modifier(draft, true)) {
        return true;
      }
      return exclusion.notSo(draft) || text.back(start);
    }
    if (text.take(RELATIVE)) {
      boolean who = text.between(start, text.position()).matches("(?:, )?who.*");
      if (who && !draft.target.toString().equals("thing") && !QueryWords.isPerson(draft.noun())) {
        return text.back(start);
      }
      boolean be = !text.group(1).isEmpty() || !text.group(2).isEmpty();
      if (text.take(HAVE_NOT)) {
        String verb = text.group(1);
        String name =
            verb.isEmpty() || verb.startsWith("ha") ? "with" : RelationGrammar.participle(verb);
        return relations.related(draft, name, true) || text.back(start);
      }
      if (text.take(NOT)) {
        return modifier(draft, true) || exclusion.notSo(draft) || text.back(start);
      }
      return be
          ? modifier(draft, negated) || relations.adjective(draft) || text.back(start)
          : relations.finite(draft) || text.back(start);
    }
    if (text.word(0).equals(",") || text.word(0).equals("and")) {
      if (text.word(0).equals(",") && depth > 1) {
        return false;
      }
      text.next();
      return !text.atEnd() && modifier(draft, negated) || text.back(start);
    }
    int known = draft.relations.size();
    if (places.place(draft)) {
      negateFrom(draft, known, negated);
      return true;
    }
    if (relations.preposition(draft, negated)) {
      return true;
    }
    if (relations.participle(draft, negated)) {
      return true;
    }
    if (text.take(ADVERB)) {
      return modifier(draft, negated) || text.back(start);
    }
    return text.back(start);
  }

  private static void negateFrom(Draft draft, int first, boolean negated) {
    if (negated) {
      for (int i = first; i < draft.relations.size(); i++) {
        draft.relations.set(i, draft.relations.get(i).negated());
      }
    }
  }
}
