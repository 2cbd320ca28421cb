package io.deixis.language.opennlp;

import io.deixis.language.Reading;
import io.deixis.language.Reading.Relation;
import java.util.ArrayList;
import java.util.List;

/** What is read of an expression so far. */
final class Draft {

  final StringBuilder target = new StringBuilder();
  final List<String> attributes = new ArrayList<>();
  final List<Relation> relations = new ArrayList<>();

  /** Where its words begin. */
  final int start;

  int number = 1;
  int place;
  boolean last;

  /** Whether the noun phrase began with "a", so that a noun in -s behind its noun is a verb. */
  boolean article;

  Draft(int start) {
    this.start = start;
  }

  /** Returns what was read, in words of the query. */
  Reading reading(String text) {
    return new Reading(text, target.toString(), attributes, relations, number);
  }

  /** Makes this the draft of what somebody has that was read so far. */
  void belongsTo(Reading owner, String thing, int many) {
    target.replace(0, target.length(), thing);
    attributes.clear();
    relations.clear();
    relations.add(new Relation("of", 1, List.of(owner), false));
    number = many;
    place = 0;
  }

  void relate(String name, int order) {
    relations.add(new Relation(name, order, List.of(), false));
  }

  void modify(String modifier) {
    target.insert(0, modifier + " ");
  }

  String noun() {
    return target.substring(target.lastIndexOf(" ") + 1);
  }

  /** Takes an ordinal that no side goes with for a place from the left, "last" from the right. */
  void settlePlace() {
    boolean side = relations.stream().anyMatch(r -> r.name().matches("left|right"));
    if (place > 0 && !side) {
      relations.add(0, new Relation(last ? "right" : "left", place, List.of(), false));
    }
    place = 0;
  }

  /** Adds an order, in the place that an ordinal before it has named. */
  void order(String name) {
    relate(name, Math.max(1, place));
    place = 0;
  }
}
