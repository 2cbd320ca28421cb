package io.deixis.language;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * How a query is understood: "the second dog from the left" asks for a {@code dog}, and of several
 * for the one that is {@code left} in place 2. References are readings themselves, so that chains
 * nest: "the man left of the woman in the red coat".
 *
 * @param text what is read, in plain words: the query without what frames it ("show me"), with its
 *     spelling corrected
 * @param target the noun phrase asked for, in the singular and without article: {@code black dog}
 * @param attributes what is said of it besides, in the order said: {@code jumping}
 * @param relations what tells it from others like it, in the order said; all of them hold
 * @param number how many are asked for: 1, 2, … up to {@link #MANY}, {@link #ALL} or {@link #NONE}
 * @param form what kind of saying the query is
 * @param corrections the words that were taken for others
 * @param unknownWords words that are in no word list and near no known word
 * @param understood whether all words have their place in this reading; if not, {@code target} is
 *     the whole text and there are no relations
 * @param parts of a sentence that is no more than a list, and tells its things by where they are:
 *     each of them, "the first taxi" and "the last taxi"; else empty
 */
public record Reading(
    String text,
    String target,
    List<String> attributes,
    List<Relation> relations,
    int number,
    Form form,
    List<Correction> corrections,
    List<String> unknownWords,
    boolean understood,
    List<Reading> parts) {

  private static final String NOT_READ =
      "It is not clear which thing these words mean; they were looked for as they stand, and what"
          + " is found is a guess.";

  /** As {@link #number}: every one there is. */
  public static final int ALL = 0;

  /**
   * As {@link #number}: the query says that there is none. Each one that there is tells against it.
   */
  public static final int NONE = -1;

  /** As {@link #number}: so many or more. */
  public static final int MANY = 1000;

  /** What kind of saying a query is. */
  public enum Form {
    /** "the dog on the left". */
    PHRASE,
    /** "where is the dog?". */
    QUESTION,
    /** "show me the dog". */
    COMMAND,
    /** "A man and a dog walk by the sea.": several things are named, each to be found. */
    SENTENCE,
    /** "der Hund links": not in English. */
    FOREIGN
  }

  /**
   * One thing said of where or what the target is.
   *
   * @param name the relation, such as {@code left} or {@code next to}; {@link #SAME} where the
   *     references themselves are meant
   * @param place the place in the order that the relation makes, from 1
   * @param references what the target is related to; empty where the relation has none
   * @param excluded whether the target is none of those of which this is true: "not on the left"
   */
  public record Relation(String name, int place, List<Reading> references, boolean excluded) {

    /** The relation of a thing with itself: "everybody except the man on the left". */
    public static final String SAME = "same as";

    /** The relation to the one that comes to mind first: "the other man". */
    public static final String OTHER = "other";

    /** Copies the references. */
    public Relation {
      references = List.copyOf(references);
    }

    /** Returns the opposite of this relation. */
    public Relation negated() {
      return new Relation(name, place, references, !excluded);
    }

    @Override
    public String toString() {
      StringJoiner of = new StringJoiner(", ", "(", ")");
      references.forEach(reference -> of.add(reference.summary()));
      return (excluded ? "not " : "")
          + (name.equals(SAME) ? "" : name)
          + (place > 1 ? " " + place : "")
          + (references.isEmpty() ? "" : of);
    }
  }

  /**
   * A word that was taken for another one.
   *
   * @param from as typed
   * @param to as read
   */
  @RegisterForReflection
  public record Correction(String from, String to) {}

  /** Copies the lists. */
  public Reading {
    attributes = List.copyOf(attributes);
    relations = List.copyOf(relations);
    corrections = List.copyOf(corrections);
    unknownWords = List.copyOf(unknownWords);
    parts = List.copyOf(parts);
  }

  /** Creates the reading of an expression whose words all have their place. */
  public Reading(
      String text, String target, List<String> attributes, List<Relation> relations, int number) {
    this(
        text,
        target,
        attributes,
        relations,
        number,
        Form.PHRASE,
        List.of(),
        List.of(),
        true,
        List.of());
  }

  /** Returns the reading of a noun phrase of which nothing more is said. */
  public static Reading of(String text, String target) {
    return new Reading(text, target, List.of(), List.of(), 1);
  }

  /** Returns the reading of a text of which nothing is understood: it is taken whole. */
  public static Reading whole(String text) {
    return new Reading(
        text, text, List.of(), List.of(), 1, Form.PHRASE, List.of(), List.of(), false, List.of());
  }

  /** Returns the readings of the things asked for: the parts of a list, or this one. */
  public List<Reading> each() {
    return parts.isEmpty() ? List.of(this) : parts;
  }

  /** Returns whether more is asked than where the noun phrase is. */
  public boolean isPlain() {
    return relations.isEmpty() && number == 1;
  }

  /** Returns whether several things are asked for. */
  public boolean isSeveral() {
    return number != 1;
  }

  /** Returns whether one is asked for that is not the first that comes to mind. */
  public boolean asksForOther() {
    return relations.stream()
        .anyMatch(relation -> relation.name().equals(Relation.OTHER) && !relation.excluded());
  }

  /**
   * Returns whether more like the target have to be there than are seen: three for the third one,
   * two for the other one.
   */
  public boolean needsMoreThan(int seen) {
    int place =
        relations.stream()
            .filter(relation -> !relation.excluded())
            .mapToInt(Relation::place)
            .max()
            .orElse(1);
    return seen < (asksForOther() ? Math.max(2, place) : place);
  }

  /** Returns this reading with what was found out about the query's words. */
  public Reading of(Form newForm, List<Correction> corrected, List<String> unknown) {
    return new Reading(
        text,
        target,
        attributes,
        relations,
        number,
        newForm,
        corrected,
        unknown,
        understood,
        parts);
  }

  /** Returns this reading of another text. */
  public Reading withText(String other) {
    return with(other, target, number, parts);
  }

  /** Returns this reading of another target. */
  public Reading withTarget(String other) {
    return with(text, other, number, parts);
  }

  /** Returns this reading with another number asked for. */
  public Reading withNumber(int other) {
    return with(text, target, other, parts);
  }

  /** Returns the whole text of a sentence with the things that it lists. */
  public Reading listing(List<Reading> things) {
    return with(text, target, number, things);
  }

  private Reading with(String newText, String newTarget, int newNumber, List<Reading> newParts) {
    return new Reading(
        newText,
        newTarget,
        attributes,
        relations,
        newNumber,
        form,
        corrections,
        unknownWords,
        understood,
        newParts);
  }

  /**
   * Returns the reading in one short line: {@code dog; left 2}, {@code man x 2; left of(woman;
   * wearing(red coat))}.
   */
  public String summary() {
    List<String> said = new ArrayList<>();
    String many = number == ALL ? "all" : number == NONE ? "none" : String.valueOf(number);
    said.add(target + (number == 1 ? "" : " x " + many));
    said.addAll(attributes);
    relations.forEach(relation -> said.add(relation.toString()));
    return String.join("; ", said);
  }

  /**
   * Returns what the caller should know: what was corrected, which words are unknown, what was not
   * understood. One sentence each.
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (form == Form.FOREIGN) {
      notes.add("The model reads English; ask in English.");
      return notes;
    }
    corrections.forEach(
        word -> notes.add("Read \"%s\" as \"%s\".".formatted(word.from(), word.to())));
    unknownWords.forEach(
        word ->
            notes.add(
                "The word \"%s\" is in no word list; what is found for it is a guess."
                    .formatted(word)));
    if (!understood && form != Form.SENTENCE) {
      notes.add(NOT_READ);
    }
    return notes;
  }

  /** Returns whether the model can know what the words mean. */
  public boolean isKnown() {
    return form != Form.FOREIGN && unknownWords.isEmpty();
  }
}
