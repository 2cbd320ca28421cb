package io.deixis.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The photos that come with the demo page, each with something to ask of it. */
public enum ExamplePhoto {
  /** An astronaut. */
  ASTRONAUT(
      "Portrait of Eileen Collins in an orange flight suit before a flag and a shuttle model",
      "NASA, public domain",
      "a smiling woman\nan orange suit\nshort brown hair\na dog"),
  /** A cup of coffee. */
  COFFEE(
      "A cup of coffee with a spoon on a wooden table",
      "CC0, Rachel Michetti",
      "a red cup\na red plate\na wooden table\na slice of cake"),
  /** A cat. */
  CHELSEA(
      "Close-up of a cat's face", "CC0, Stefan van der Walt", "a cat\nthe face of a cat\na hat"),
  /** A photographer. */
  CAMERA(
      "A man in a coat behind a camera on a tripod (greyscale)",
      "CC0, Lav Varshney",
      "a man\na black coat\na tripod\na bicycle"),
  /** A rocket. */
  ROCKET(
      "A rocket on its launch pad at dusk, between towers and lamps",
      "SpaceX, released into the public domain",
      "the night sky\na child");

  private static final String FOLDER = "/examples/";

  private final String title;
  private final String terms;
  private final String phrases;

  ExamplePhoto(String title, String terms, String phrases) {
    this.title = title;
    this.terms = terms;
    this.phrases = phrases;
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

  /** Returns phrases worth asking, one a line. */
  public String phrases() {
    return phrases;
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
