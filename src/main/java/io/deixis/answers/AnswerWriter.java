package io.deixis.answers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One format in which answers are written, over HTTP and by the command line alike. A new format is
 * a new bean of this type: {@code Accept} and {@code --format} find it by its names.
 */
public interface AnswerWriter {

  /**
   * What a format is called, and what its documents are like.
   *
   * @param name the name by which {@code --format} asks for it
   * @param mediaType the media type by which {@code Accept} asks for it; empty if HTTP does not
   *     offer it
   * @param suffix the end of a document's name, such as {@code .csv}
   * @param traits what else holds of its documents
   */
  record Format(String name, Optional<String> mediaType, String suffix, Set<Trait> traits) {

    /** Returns a format that HTTP does not offer. */
    public static Format of(String name, String suffix, Trait... traits) {
      return new Format(name, Optional.empty(), suffix, Set.of(traits));
    }

    /** Returns the same format, offered by HTTP as {@code type}. */
    public Format offeredAs(String type) {
      return new Format(name, Optional.of(type), suffix, traits);
    }

    /** Returns whether a trait holds of its documents. */
    public boolean has(Trait trait) {
      return traits.contains(trait);
    }

    /** Returns the name of the document that belongs to a photo's file. */
    public String fileName(String photo) {
      return (has(Trait.NAMED_AS_PHOTO) ? stem(photo) : photo) + suffix;
    }
  }

  /** What may hold of the documents of a format. */
  enum Trait {
    /** One document holds the answers of several photos. */
    SEVERAL_PHOTOS,
    /**
     * A document of some photos and one of others, the second {@linkplain Options#continued
     * continued}, are together a document of them all.
     */
    LINES,
    /** A document is not text in UTF-8. */
    BINARY,
    /** A document can be written only with the names of classes. */
    NEEDS_CLASSES,
    /** A document's name has its suffix in place of the photo's extension, not after it. */
    NAMED_AS_PHOTO
  }

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

  /** Returns what this format is called, and what its documents are like. */
  Format format();

  /**
   * Writes a document.
   *
   * @param photos in order, read once; exactly one unless the format has {@link
   *     Trait#SEVERAL_PHOTOS}
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
