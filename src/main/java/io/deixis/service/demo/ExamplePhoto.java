package io.deixis.service.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The photos that come with the demo page, each with a caption that shows something. */
public enum ExamplePhoto {
  /** An astronaut, and no dog. */
  ASTRONAUT(
      "Portrait of Eileen Collins in an orange flight suit before a flag and a shuttle model",
      "NASA, public domain",
      512,
      512,
      "No dog here",
      "A smiling woman with short brown hair in an orange suit, without a dog."),
  /** A cat. */
  CHELSEA(
      "Close-up of a cat's face",
      "CC0, Stefan van der Walt",
      451,
      300,
      "A close-up",
      "A striped cat lies here alone, without a child."),
  /** Two cats: the one above and its mirror image. */
  CATS(
      "Two cats face to face: the cat's face and its mirror image",
      "CC0, a composite of the photo by Stefan van der Walt and its mirror image",
      827,
      300,
      "Two of a kind",
      "Two cats meet: the left cat looks at the right cat, without a child."),
  /** A cup of coffee. */
  COFFEE(
      "A cup of coffee with a spoon on a wooden table",
      "CC0, Rachel Michetti",
      600,
      400,
      "Colours",
      "A red dish on a wooden surface, without a dog."),
  /** A photographer. */
  CAMERA(
      "A man in a coat behind a camera on a tripod (greyscale)",
      "CC0, Lav Varshney",
      512,
      512,
      "Who has what",
      "A man in a dark coat stands behind the camera on a tripod, without a woman."),
  /** A rocket. */
  ROCKET(
      "A rocket on its launch pad at dusk, between towers and lamps",
      "SpaceX, released into the public domain",
      640,
      427,
      "A whole scene",
      "A dark blue sky at night, far from any child.");

  private static final String FOLDER = "/examples/";

  private final String title;
  private final String terms;
  private final int width;
  private final int height;
  private final String shows;
  private final String caption;

  ExamplePhoto(String title, String terms, int width, int height, String shows, String caption) {
    this.title = title;
    this.terms = terms;
    this.width = width;
    this.height = height;
    this.shows = shows;
    this.caption = caption;
  }

  /** Returns the photo called {@code id}; empty if there is none, so no id ever names a path. */
  static Optional<ExamplePhoto> of(String id) {
    return Arrays.stream(values()).filter(photo -> photo.id().equals(id)).findFirst();
  }

  /** Returns the name in forms and file names. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what it shows. */
  public String title() {
    return title;
  }

  /** Returns its terms of use and author. */
  public String terms() {
    return terms;
  }

  /** Returns its width in pixels. */
  public int width() {
    return width;
  }

  /** Returns its height in pixels. */
  public int height() {
    return height;
  }

  /** Returns what its caption is an example of, in a few words. */
  public String shows() {
    return shows;
  }

  /** Returns a caption worth asking. */
  public String caption() {
    return caption;
  }

  /** Returns its address on this server. */
  public String url() {
    return FOLDER + id() + ".jpg";
  }

  /** Returns its encoded bytes. */
  byte[] bytes() {
    String resource = "META-INF/resources" + url();
    try (InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
