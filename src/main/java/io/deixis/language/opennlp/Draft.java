package io.deixis.language.opennlp;

import io.deixis.language.Reading.Relation;
import java.util.ArrayList;
import java.util.List;

/** What is read of an expression so far. */
final class Draft {

  final StringBuilder target = new StringBuilder();
  final List<String> attributes = new ArrayList<>();
  final List<Relation> relations = new ArrayList<>();
  int number = 1;
  int place;
  boolean last;

  /** Whether the noun phrase began with "a", so that a noun in -s behind its noun is a verb. */
  boolean article;

  void relate(String name, int order) {
    relations.add(new Relation(name, order, List.of(), false));
  }

  void modify(String modifier) {
    target.insert(0, modifier + " ");
  }

  String noun() {
    return target.substring(target.lastIndexOf(" ") + 1);
  }

  /** Adds an order, in the place that an ordinal before it has named. */
  void order(String name) {
    relate(name, Math.max(1, place));
    place = 0;
  }
}
