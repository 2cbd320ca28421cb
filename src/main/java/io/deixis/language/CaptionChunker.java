package io.deixis.language;

import java.util.List;

/** Finds the phrases of a plain caption that name something one could point at. */
public interface CaptionChunker {

  /**
   * Returns the noun phrases of {@code caption} in reading order, each with its span; empty if it
   * names nothing. Thread-safe.
   */
  List<Phrase> chunk(String caption);
}
