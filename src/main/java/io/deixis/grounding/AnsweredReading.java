package io.deixis.grounding;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.deixis.language.Reading;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a query was understood, as answers tell it: {@code {"summary": "dog → second of 3 from the
 * left", "target": "dog", "relations": [{"name": "left", "place": 2, "excluded": false, "of": []}],
 * "references": [], "number": "one", "corrections": [], "notes": [] …}}.
 *
 * @param summary the reading in one short line, for people
 * @param target the noun phrase asked for, in the singular; the whole query if it was not
 *     understood, or is a list
 * @param attributes what is said of it besides, such as {@code jumping}
 * @param relations what tells it from others like it
 * @param number how many are asked for: {@code one}, {@code all} or a number; {@code none} if the
 *     words say that there is none
 * @param form {@code phrase}, {@code question}, {@code command}, {@code list} or {@code foreign}
 * @param understood whether the query was taken apart; if not, it was looked for as a whole
 * @param corrections words that were taken for others
 * @param unknownWords words of no known spelling; with one of them nothing counts as found
 * @param references what the relations refer to, with the best box of each
 * @param notes what the caller should know, one sentence each
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "Reading")
public record AnsweredReading(
    String summary,
    String target,
    List<String> attributes,
    List<Relation> relations,
    String number,
    String form,
    boolean understood,
    List<Reading.Correction> corrections,
    List<String> unknownWords,
    List<Reference> references,
    List<String> notes) {

  /**
   * What is said of where or what the target is.
   *
   * @param name such as {@code left}, {@code biggest}, {@code next to}, {@code wearing}
   * @param place the place in the order that the relation makes, from 1
   * @param excluded whether the target is none of those of which it is true
   * @param of the references, in words
   */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "ReadingRelation")
  public record Relation(String name, int place, boolean excluded, List<String> of) {}

  /**
   * What a relation refers to.
   *
   * @param text in words
   * @param boxes the best box, in pixels of the upright image
   */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "ReadingReference")
  public record Reference(String text, List<ScoredBox> boxes) {

    /** Copies the list. */
    public Reference {
      boxes = List.copyOf(boxes);
    }
  }

  /**
   * Tells a reading.
   *
   * @param reading how the query was understood
   * @param references the best box of every reference
   * @param among of how many things like it the target was chosen
   * @param found how many boxes the answer has
   */
  public static AnsweredReading of(
      Reading reading, Map<Reading, ScoredBox> references, int among, int found) {
    List<String> notes = new ArrayList<>(reading.notes());
    if (reading.number() == Reading.NONE) {
      notes.add(
          found > 0
              ? "These words say that there is none; a box shows what may be one."
              : "These words say that there is none, and none was found.");
    }
    if (found > 0 && found < reading.number()) {
      String more = reading.number() == Reading.MANY ? " or more" : "";
      notes.add("Asked for " + reading.number() + more + ", found " + found + ".");
    }
    if (among > 0 && reading.needsMoreThan(among)) {
      notes.add("Only " + among + (among == 1 ? " is" : " are") + " seen for sure.");
    }
    List<Reference> told = new ArrayList<>();
    references.forEach((reference, box) -> told.add(new Reference(reference.text(), List.of(box))));
    return new AnsweredReading(
        summary(reading, among),
        reading.target(),
        reading.attributes(),
        reading.relations().stream().map(AnsweredReading::relation).toList(),
        reading.number() == 1 ? "one" : number(reading),
        reading.form().name().toLowerCase(Locale.ROOT),
        reading.understood(),
        reading.corrections(),
        reading.unknownWords(),
        told,
        notes);
  }

  /**
   * Tells the reading of a list.
   *
   * @param whole the reading of all of it
   * @param parts what is told of each thing
   */
  public static AnsweredReading ofList(Reading whole, List<AnsweredReading> parts) {
    return new AnsweredReading(
        String.join("; ", parts.stream().map(AnsweredReading::summary).toList()),
        whole.target(),
        List.of(),
        all(parts, AnsweredReading::relations),
        String.valueOf(parts.size()),
        "list",
        true,
        whole.corrections(),
        whole.unknownWords(),
        all(parts, AnsweredReading::references),
        Stream.concat(
                whole.notes().stream(), all(parts, AnsweredReading::notes).stream().distinct())
            .toList());
  }

  private static <T> List<T> all(
      List<AnsweredReading> parts, Function<AnsweredReading, List<T>> some) {
    return parts.stream().flatMap(part -> some.apply(part).stream()).toList();
  }

  /** Returns this reading with its references in the pixels of the image in another size. */
  AnsweredReading scaled(double x, double y) {
    List<Reference> scaled =
        references.stream()
            .map(
                reference ->
                    new Reference(
                        reference.text(),
                        reference.boxes().stream()
                            .map(box -> new ScoredBox(box.box().scaled(x, y), box.score()))
                            .toList()))
            .toList();
    return new AnsweredReading(
        summary,
        target,
        attributes,
        relations,
        number,
        form,
        understood,
        corrections,
        unknownWords,
        scaled,
        notes);
  }

  private static Relation relation(Reading.Relation relation) {
    return new Relation(
        relation.name(),
        relation.place(),
        relation.excluded(),
        relation.references().stream().map(Reading::text).toList());
  }

  private static String number(Reading reading) {
    return switch (reading.number()) {
      case Reading.ALL -> "all";
      case Reading.NONE -> "none";
      default -> String.valueOf(reading.number());
    };
  }

  private static String summary(Reading reading, int among) {
    List<String> said = new ArrayList<>();
    if (reading.isSeveral()) {
      said.add(number(reading));
    }
    said.addAll(reading.attributes());
    reading
        .relations()
        .forEach(
            relation ->
                said.add(
                    reading.isSeveral() && relation.name().equals(Reading.Relation.OTHER)
                        ? "the others"
                        : inWords(relation, among)));
    return said.isEmpty() ? reading.target() : reading.target() + " → " + String.join(", ", said);
  }

  private static final List<String> PLACES =
      List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth");

  /** "second of 3 from the left", "not next to the tree". */
  private static String inWords(Reading.Relation relation, int among) {
    String of = among > 1 ? " of " + among : "";
    String place =
        relation.place() <= PLACES.size()
            ? PLACES.get(relation.place() - 1)
            : relation.place() + "th";
    String words =
        switch (relation.name()) {
          case "left", "right", "top", "bottom" -> place + of + " from the " + relation.name();
          case "biggest", "smallest", "tallest", "shortest", "closest", "farthest" ->
              (relation.place() > 1 ? place + " " : "") + relation.name() + of;
          case "middle" -> "in the middle" + of;
          case "foreground", "background", "corner" -> "in the " + relation.name();
          case "top left", "top right", "bottom left", "bottom right" ->
              "in the " + relation.name() + " corner";
          case Reading.Relation.OTHER -> "the other one";
          case Reading.Relation.SAME -> "";
          default -> relation.name();
        };
    String references =
        String.join(" and ", relation.references().stream().map(Reading::text).toList());
    return ((relation.excluded() ? "not " : "") + (words + " " + references).strip()).strip();
  }
}
