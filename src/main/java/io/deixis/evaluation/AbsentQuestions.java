package io.deixis.evaluation;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.siblings.SiblingPhrase;
import io.deixis.dataset.siblings.SiblingPhrases;
import io.deixis.evaluation.AbsentQuestion.Origin;
import io.deixis.language.ContentWords;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Chooses the phrases that an image is asked for although it does not show them. Images whose data
 * tells what is absent are asked for that alone; others for the phrases of another image, for
 * siblings of their own phrases, and for some opposites.
 */
final class AbsentQuestions {

  /** Siblings of one phrase. */
  private static final int SIBLINGS = 2;

  private static final List<Opposite> OPPOSITES =
      List.of(
          new Opposite("man", "woman", "\"a woman\" where all are men"),
          new Opposite("woman", "man", "\"a man\" where all are women"),
          new Opposite("dog", "cat", "\"a cat\" where dogs are"),
          new Opposite("cat", "dog", "\"a dog\" where cats are"));

  private final SiblingPhrases siblings = new SiblingPhrases();
  private final Set<String> unseenKinds;

  /** What is there, what is not, and the question in words. */
  private record Opposite(String shown, String absent, String title) {}

  /**
   * Prepares the choice.
   *
   * @param unseenKinds kinds of siblings that the model was not trained with
   * @throws IllegalArgumentException if there is no kind of a name
   */
  AbsentQuestions(Collection<String> unseenKinds) {
    this.unseenKinds = new SiblingPhrases(unseenKinds).excluded();
  }

  /** Returns the questions for an image; the same ones each time. */
  Set<AbsentQuestion> of(AnnotatedImage image, AnnotatedImage other) {
    Set<AbsentQuestion> questions = new LinkedHashSet<>();
    if (!image.absent().isEmpty() || !other.absent().isEmpty()) {
      image.absent().forEach(t -> questions.add(new AbsentQuestion(t, Origin.ANNOTATED, null)));
      return questions;
    }
    if (other != image) {
      ofOther(image, other)
          .forEach(t -> questions.add(new AbsentQuestion(t, Origin.OTHER_IMAGE, null)));
    }
    Set<String> words =
        SiblingPhrases.words(image.sentences().stream().map(EntitySentence::text).toList());
    Random random = new Random(image.id().hashCode());
    for (String text : texts(image)) {
      for (SiblingPhrase sibling : siblings.draw(text, words, SIBLINGS, random)) {
        Origin origin =
            unseenKinds.contains(sibling.kind()) ? Origin.UNSEEN_SIBLING : Origin.SIBLING;
        questions.add(new AbsentQuestion(sibling.text(), origin, sibling.kind()));
      }
    }
    for (Opposite opposite : OPPOSITES) {
      if (shows(image, opposite.shown)) {
        siblings.of("a " + opposite.shown, words).stream()
            .filter(sibling -> sibling.replacement().equals(opposite.absent))
            .map(s -> new AbsentQuestion(s.text(), Origin.OPPOSITE, opposite.title))
            .forEach(questions::add);
      }
    }
    return questions;
  }

  private static boolean shows(AnnotatedImage image, String thing) {
    return texts(image).stream().anyMatch(text -> SiblingPhrases.things(text).contains(thing));
  }

  /** Returns the phrases of {@code other} that share no content word with {@code image}. */
  private static Set<String> ofOther(AnnotatedImage image, AnnotatedImage other) {
    Set<String> content = new LinkedHashSet<>();
    for (EntitySentence sentence : image.sentences()) {
      for (EntityPhrase phrase : sentence.phrases()) {
        content.addAll(ContentWords.of(phrase.text()));
      }
    }
    Set<String> others = texts(other);
    others.removeIf(text -> ContentWords.of(text).stream().anyMatch(content::contains));
    return others;
  }

  /** Returns the words of an image's phrases that have a box, each once. */
  static Set<String> texts(AnnotatedImage image) {
    Set<String> texts = new LinkedHashSet<>();
    for (GroundTruth truth : image.groundTruth()) {
      texts.add(truth.phrase().text());
    }
    return texts;
  }
}
