package io.deixis.answers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
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
   * @param photoUrl what stands before a photo's name where a document says where the photo is
   * @param continued whether the document goes on from an earlier one, so that it needs no header
   */
  record Options(List<String> classes, String photoUrl, boolean continued) {

    /** Options that say nothing. */
    public static final Options NONE = new Options(List.of());

    /** Copies the list. */
    public Options {
      classes = List.copyOf(classes);
    }

    /** Creates options that name classes alone. */
    public Options(List<String> classes) {
      this(classes, "", false);
    }

    /** Returns these options for a document that goes on from an earlier one. */
    public Options goingOn() {
      return new Options(classes, photoUrl, true);
    }

    /**
     * Returns a phrase's place among the classes, counted from 0. Case and a leading article do not
     * matter.
     *
     * @return -1 if it is none of them
     */
    public int number(String phrase) {
      return classes.stream().map(Options::plain).toList().indexOf(plain(phrase));
    }

    /** Returns the name of a phrase's class; the phrase itself if it is none of them. */
    public String name(String phrase) {
      int number = number(phrase);
      return number < 0 ? phrase : classes.get(number);
    }

    private static String plain(String name) {
      return name.strip().toLowerCase(Locale.ROOT).replaceFirst("^(?:an?|the)\\s+", "");
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

  /**
   * Returns whether documents of some photos and of others, the second {@linkplain
   * Options#continued continued}, are together a document of them all.
   */
  default boolean isLines() {
    return false;
  }

  /** Returns whether documents are text in UTF-8. */
  default boolean isText() {
    return true;
  }

  /** Returns whether this format can be written only with the names of classes. */
  default boolean needsClasses() {
    return false;
  }

  /** Returns the name of the document that belongs to a photo's file. */
  String fileName(String photo);

  /**
   * Writes a document.
   *
   * @param photos in order, read once; exactly one unless the format {@link #holdsSeveral}
   * @param options what the format may need besides
   * @param out takes the document; it stays open
   * @throws io.deixis.grounding.GroundingException if the options do not suffice
   */
  void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out) throws IOException;

  /** Writes the document that answers one request. */
  default byte[] write(AnsweredPhoto photo) {
    return write(List.of(photo), Options.NONE);
  }

  /** Writes a document into memory; see the other method. */
  default byte[] write(Iterable<AnsweredPhoto> photos, Options options) {
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    try {
      write(photos, options, document);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return document.toByteArray();
  }

  /** Returns the name of a photo without its extension. */
  static String stem(String photo) {
    int dot = photo.lastIndexOf('.');
    return dot > photo.lastIndexOf('/') + 1 ? photo.substring(0, dot) : photo;
  }
}
