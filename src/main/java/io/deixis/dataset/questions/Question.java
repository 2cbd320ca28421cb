package io.deixis.dataset.questions;

import io.deixis.geometry.Box;
import java.util.List;

/**
 * A question about one image, with its answer.
 *
 * @param kind what it asks for, such as {@code ordinal}; a name without slashes and spaces
 * @param text its words
 * @param answer the boxes of everything that it asks for, at least one, in pixels
 */
public record Question(String kind, String text, List<Box> answer) {

  /** Copies the boxes. */
  public Question {
    answer = List.copyOf(answer);
  }
}
