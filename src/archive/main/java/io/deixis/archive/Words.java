package io.deixis.archive;

import io.deixis.grounding.Query;
import io.deixis.grounding.requests.RequestDraft;
import java.io.Serializable;
import java.util.List;

/**
 * What to look for in the photos.
 *
 * @param kind how it is said
 * @param texts the same for all photos; empty if each row says its own
 */
record Words(Kind kind, List<String> texts) implements Serializable {

  /** The ways to say what to look for. */
  enum Kind {
    /** Phrases that stand by themselves. */
    PHRASES,
    /** One sentence, plain or with entity markup. */
    CAPTION,
    /** What a person typed. */
    QUERY
  }

  /** Returns those for all photos as a query. */
  Query query() {
    return switch (kind) {
      case PHRASES -> new Query.Phrases(texts);
      case CAPTION -> Query.ofCaption(texts.get(0));
      case QUERY -> new Query.FreeText(texts.get(0));
    };
  }

  /**
   * Returns the request about one photo.
   *
   * @param photo its bytes
   * @param own what its row says to look for; used where there is nothing for all photos
   * @param options how to answer
   */
  RequestDraft draft(byte[] photo, List<String> own, AnswerOptions options) {
    List<String> said = texts.isEmpty() ? own : texts;
    String text = said.isEmpty() ? null : said.get(0);
    return new RequestDraft(
        photo,
        "phrase",
        kind == Kind.PHRASES ? said : List.of(),
        kind == Kind.CAPTION ? text : null,
        kind == Kind.QUERY ? text : null,
        options.threshold(),
        options.top(),
        options.nms());
  }
}
