package io.deixis.answers;

import java.util.List;
import java.util.Optional;

/**
 * One format in which answers are written, over HTTP and by the command line alike. A new format is
 * a new bean of this type: {@code Accept} and {@code --format} find it by its names.
 */
public interface AnswerWriter {

  /**
   * What a format may need besides the answers.
   *
   * @param classes the names of classes in the order of their numbers; empty if none were given
   */
  record Options(List<String> classes) {

    /** Options that say nothing. */
    public static final Options NONE = new Options(List.of());

    /** Copies the list. */
    public Options {
      classes = List.copyOf(classes);
    }
  }

  /** Returns the name by which the command line asks for this format. */
  String name();

  /**
   * Returns the media type by which {@code Accept} asks for it; empty if HTTP does not offer it.
   */
  Optional<String> mediaType();

  /** Returns whether one document holds the answers of several photos. */
  boolean holdsSeveral();

  /** Returns whether this format can be written only with the names of classes. */
  default boolean needsClasses() {
    return false;
  }

  /** Returns the name of the document that belongs to a photo's file. */
  String fileName(String photo);

  /**
   * Writes a document.
   *
   * @param photos in order; exactly one unless the format {@link #holdsSeveral}
   * @param options what the format may need besides
   * @throws io.deixis.grounding.GroundingException if the options do not suffice
   */
  String write(List<AnsweredPhoto> photos, Options options);

  /** Writes the document that answers one request. */
  default String write(AnsweredPhoto photo) {
    return write(List.of(photo), Options.NONE);
  }
}
