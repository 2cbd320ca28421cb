package io.deixis.dataset.questions;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;

/** Asks for all things of a noun, and for as many as there are. */
final class SeveralQuestions {

  private static final List<String> NUMBERS =
      List.of("two", "three", "four", "five", "six", "seven", "eight");

  private SeveralQuestions() {}

  static List<Question> of(Instances instances) {
    List<Question> questions = new ArrayList<>();
    instances
        .boxes()
        .forEach(
            (noun, boxes) -> {
              if (boxes.size() < 2 || boxes.size() > 8) {
                return;
              }
              String plural = Nouns.plural(noun);
              String of = instances.people().contains(noun) ? "people" : "things";
              add(questions, "all-" + of, boxes, "all of the " + plural, "each " + noun);
              if (noun.equals(Instances.PERSON)) {
                add(
                    questions,
                    "all-people",
                    boxes,
                    "everybody in the picture",
                    "every single person");
              }
              String number = NUMBERS.get(boxes.size() - 2);
              add(
                  questions,
                  "number",
                  boxes,
                  "the " + number + " " + plural,
                  number + " " + plural);
            });
    return questions;
  }

  private static void add(
      List<Question> questions, String kind, List<Box> answer, String... wordings) {
    for (String wording : wordings) {
      questions.add(new Question(kind, wording, answer));
    }
  }
}
