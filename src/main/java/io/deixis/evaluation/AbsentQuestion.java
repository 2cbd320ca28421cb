package io.deixis.evaluation;

/**
 * A phrase to ask an image for that does not show it.
 *
 * @param text the phrase
 * @param origin where it comes from
 * @param kind of a sibling, the kind of the word that was replaced; of an opposite, the question in
 *     words; otherwise null
 */
public record AbsentQuestion(String text, Origin origin, String kind) {

  /** Where an absent phrase comes from. */
  public enum Origin {
    /** It is a phrase of another image, with which it shares no content word. */
    OTHER_IMAGE("phrases of other images"),
    /** It differs by one word from a phrase of the image. */
    SIBLING("siblings"),
    /** The same, of a kind that the model was not trained with. */
    UNSEEN_SIBLING("siblings of kinds not trained on"),
    /** It names what the image has the opposite of, such as "a woman" where all are men. */
    OPPOSITE("opposites"),
    /** The data itself tells that it is absent. */
    ANNOTATED("annotated as absent");

    private final String title;

    Origin(String title) {
      this.title = title;
    }

    /** Returns the name that tables have for it. */
    public String title() {
      return title;
    }
  }
}
