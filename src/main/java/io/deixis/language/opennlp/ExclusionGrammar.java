package io.deixis.language.opennlp;

import io.deixis.language.Reading;
import io.deixis.language.Reading.Relation;
import java.util.List;
import java.util.Optional;

/** What a target is not: "not the left one", "other than the black one", "not red". */
final class ExclusionGrammar {

  private final TaggedText text;
  private final QueryParser parser;

  ExclusionGrammar(TaggedText text, QueryParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /** What follows "not" and is no relation: "not the left one", "not red". */
  boolean notSo(Draft draft) {
    boolean alive = QueryWords.isAlive(text.word(0));
    if (QueryWords.COLOURS.contains(text.word(0))
        || text.tag(0).equals("ADJ") && text.word(1).isEmpty() && !alive) {
      String adjective = text.next();
      draft.relations.add(notThe(adjective + " " + draft.target, adjective + " " + draft.target));
      return true;
    }
    return excluded(draft);
  }

  /** Reads an expression that the target is not: its one relation, or all of it. */
  boolean excluded(Draft draft) {
    int start = text.position();
    Optional<Reading> read = parser.expression();
    if (read.isEmpty()) {
      return text.back(start);
    }
    Reading not = read.get();
    boolean sameNoun =
        not.target().equals("thing")
            || not.target().contentEquals(draft.target) && draft.number == 1;
    if (sameNoun
        && not.number() <= 1
        && not.relations().size() == 1
        && not.attributes().isEmpty()) {
      draft.relations.removeIf(r -> r.name().equals("other"));
      draft.relations.add(not.relations().get(0).negated());
    } else {
      draft.relations.add(new Relation(Relation.SAME, 1, List.of(named(not, draft)), true));
    }
    return true;
  }

  /** Returns that the target is none of those that a phrase means. */
  static Relation notThe(String text, String target) {
    return new Relation(Relation.SAME, 1, List.of(Reading.of(text, target)), true);
  }

  /** "the black one" means the black dog, "the first" the first of them. */
  static Reading named(Reading reading, Draft draft) {
    String target = reading.target();
    if (reading.text().matches(".*\\b(?:\\w+things?|things?)(?: .*)?")) {
      return reading;
    }
    boolean unnamed =
        target.equals("thing")
            || target.equals("person") && reading.text().matches("(?:the )?ones? .*");
    return unnamed
        ? reading.withTarget(draft.target.toString())
        : target.endsWith(" one")
            ? reading.withTarget(target.substring(0, target.length() - 3) + draft.noun())
            : reading;
  }
}
