package io.deixis.evaluation.answers;

import java.util.List;

/**
 * An image with the truth and a model's answer to each of its phrases.
 *
 * @param image its id
 * @param width as annotated, in pixels
 * @param height as annotated, in pixels
 * @param captions its captions that have phrases
 * @param phrases its phrases, in the order of the captions
 */
public record AnsweredImage(
    String image,
    int width,
    int height,
    List<AnsweredCaption> captions,
    List<AnsweredPhrase> phrases) {

  /** Copies the lists. */
  public AnsweredImage {
    captions = List.copyOf(captions);
    phrases = List.copyOf(phrases);
  }

  /**
   * A caption.
   *
   * @param sentence its line, from 0
   * @param text without markup
   */
  public record AnsweredCaption(int sentence, String text) {}
}
