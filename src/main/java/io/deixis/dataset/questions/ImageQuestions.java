package io.deixis.dataset.questions;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the questions that an image's annotations answer, by templates. */
public final class ImageQuestions {

  private ImageQuestions() {}

  /** Returns the questions; the same image gives the same ones in the same order. */
  public static List<Question> of(AnnotatedImage image) {
    Instances instances = Instances.of(image);
    List<Question> questions = new ArrayList<>();
    questions.addAll(OrderQuestions.of(image.width(), image.height(), instances));
    questions.addAll(SeveralQuestions.of(instances));
    questions.addAll(RelatedQuestions.of(image, instances));
    questions.addAll(WordingQuestions.of(image));
    return questions;
  }

  /**
   * Returns the image with a sentence for each question in place of its captions. The phrase of a
   * question has the question's kind as its type, so that everything that counts by type counts by
   * kind.
   */
  public static AnnotatedImage asked(AnnotatedImage image, List<Question> questions) {
    Map<String, List<Box>> boxes = new LinkedHashMap<>();
    List<EntitySentence> sentences = new ArrayList<>();
    for (Question question : questions) {
      String chain = String.valueOf(boxes.size() + 1);
      boxes.put(chain, question.answer());
      sentences.add(
          EntitySentence.parse(
              "[/EN#%s/%s %s]".formatted(chain, question.kind(), question.text())));
    }
    return new AnnotatedImage(
        image.id(), image.width(), image.height(), boxes, Set.of(), Set.of(), sentences);
  }
}
