package io.deixis.grounding;

import java.util.List;

/** What to look for in an image, in one of several forms. */
public sealed interface Query {

  /**
   * Phrases that stand by themselves.
   *
   * @param texts one or more phrases
   */
  record Phrases(List<String> texts) implements Query {
    /** Copies the list. */
    public Phrases {
      texts = List.copyOf(texts);
    }
  }

  /**
   * A caption in plain natural language, whose noun phrases are grounded.
   *
   * @param text the caption
   */
  record Caption(String text) implements Query {}

  /**
   * A caption with Flickr30k Entities markup, {@code [/EN#12/people A man] in …}, whose marked
   * phrases are grounded.
   *
   * @param markup the caption with its markup
   */
  record AnnotatedCaption(String markup) implements Query {}

  /**
   * What a person typed into one box: a phrase, a question, a command or a sentence.
   *
   * @param text as it was typed
   */
  record FreeText(String text) implements Query {}

  /** Returns the caption as an annotated one if it holds entity markup, as a plain one if not. */
  static Query ofCaption(String caption) {
    return io.deixis.language.AnnotatedCaption.hasMarkup(caption)
        ? new AnnotatedCaption(caption)
        : new Caption(caption);
  }
}
