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
    if (QueryWords.COLOURS.contains(text.word(0))
        || text.tag(0).equals("ADJ") && text.word(1).isEmpty()) {
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
    if (sameNoun && not.relations().size() == 1 && not.attributes().isEmpty()) {
      draft.relations.removeIf(r -> r.name().equals("other"));
      draft.relations.add(not.relations().get(0).negated());
    } else {
      draft.relations.add(new Relation(Relation.SAME, 1, List.of(named(not, draft)), true));
    }
    return true;
  }

  /** Returns that the target is none of those that a phrase means. */
  static Relation notThe(String text, String target) {
    return new Relation(Relation.SAME, 1, List.of(phrase(target, text)), true);
  }

  /** Returns the reading of a noun phrase of which nothing more is said. */
  static Reading phrase(String target, String text) {
    return new Reading(
        text, target, List.of(), List.of(), 1, Reading.Form.PHRASE, List.of(), List.of(), true);
  }

  /** "the black one" means the black dog. */
  private static Reading named(Reading reading, Draft draft) {
    String target = reading.target();
    String full =
        target.equals("thing")
                || target.equals("person") && reading.text().matches("(?:the )?ones? .*")
            ? draft.target.toString()
            : target.endsWith(" one")
                ? target.substring(0, target.length() - 3) + draft.noun()
                : target;
    return new Reading(
        reading.text(),
        full,
        reading.attributes(),
        reading.relations(),
        reading.number(),
        reading.form(),
        List.of(),
        List.of(),
        true);
  }
}
