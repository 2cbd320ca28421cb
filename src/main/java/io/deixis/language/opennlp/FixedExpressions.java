package io.deixis.language.opennlp;

import io.deixis.language.Span;
import java.util.List;
import java.util.regex.Pattern;

/** Expressions whose nouns name nothing that one could point at: "in front of", "in the air". */
final class FixedExpressions {

  private static final Pattern EXPRESSION =
      Pattern.compile(
          """
          \\b (?:
              in \\s front \\s of
            | on \\s top \\s of
            | next \\s to
            | (?: on | to ) \\s the \\s (?: left | right ) \\s of
            | in \\s the \\s (?: \\p{L}+ \\s )? (?: background | foreground | distance )
            | (?: in | into | through ) \\s (?: the \\s | mid[\\s-]? ) (?: \\p{L}+ \\s )? air
            | (?: at | for | to | into | towards? ) \\s (?: the | a ) \\s camera
            | (?: a | the | some | his | her | their ) \\s (?: \\p{L}+ \\s )? tricks?
            | a \\s jump
            | rock [\\s-] climb (?: ing | s )?
            | each \\s other
            | one \\s another
          ) \\b
          """,
          Pattern.COMMENTS | Pattern.CASE_INSENSITIVE);

  private FixedExpressions() {}

  /** Returns where {@code caption} has such expressions, in reading order. */
  static List<Span> in(String caption) {
    return EXPRESSION
        .matcher(caption)
        .results()
        .map(found -> new Span(found.start(), found.end()))
        .toList();
  }
}
