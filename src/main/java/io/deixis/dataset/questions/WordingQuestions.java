package io.deixis.dataset.questions;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundTruth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Asks an image's own phrases again: as they are ({@code plain}), with one wrong letter ({@code
 * typo}), as a question and as a command. The first is what the others are compared with.
 */
final class WordingQuestions {

  private static final int PHRASES = 4;
  private static final int LEAST_LETTERS = 4;

  private WordingQuestions() {}

  static List<Question> of(AnnotatedImage image) {
    SplittableRandom random = new SplittableRandom(image.id().hashCode());
    Map<String, GroundTruth> phrases = new LinkedHashMap<>();
    for (GroundTruth truth : image.groundTruth()) {
      String text = truth.phrase().text().toLowerCase(Locale.ROOT);
      String noun = Nouns.last(text);
      boolean plain = noun.length() >= LEAST_LETTERS && noun.chars().allMatch(Character::isLetter);
      if (plain && phrases.size() < PHRASES) {
        phrases.putIfAbsent(text, truth);
      }
    }
    List<Question> questions = new ArrayList<>();
    phrases.forEach(
        (text, truth) -> {
          String noun = Nouns.last(text);
          String before = text.substring(0, text.length() - noun.length());
          String definite = text.replaceFirst("^an? ", "the ");
          add(questions, "plain", text, truth);
          add(questions, "typo", before + misspelled(noun, random), truth);
          add(questions, "question", "where can I see " + definite + "?", truth);
          add(questions, "question", "do you see " + text + " anywhere?", truth);
          add(questions, "command", "please point at " + definite, truth);
          add(questions, "command", "mark " + definite + " for me", truth);
        });
    return questions;
  }

  private static void add(List<Question> questions, String kind, String text, GroundTruth truth) {
    questions.add(new Question(kind, text, truth.boxes()));
  }

  /** One letter left out, doubled, wrong or changed with its neighbour; never the first one. */
  private static String misspelled(String noun, SplittableRandom random) {
    while (true) {
      StringBuilder word = new StringBuilder(noun);
      int at = random.nextInt(1, noun.length() - 1);
      switch (random.nextInt(4)) {
        case 0 -> word.deleteCharAt(at);
        case 1 -> word.insert(at, word.charAt(at));
        case 2 -> word.setCharAt(at, (char) ('a' + random.nextInt(26)));
        default -> word.deleteCharAt(at).insert(at + 1, noun.charAt(at));
      }
      if (!word.toString().equals(noun)) {
        return word.toString();
      }
    }
  }
}
