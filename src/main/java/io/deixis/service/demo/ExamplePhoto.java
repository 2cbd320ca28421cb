package io.deixis.service.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The photos that come with the demo page, chosen for their subjects, each with a sentence that a
 * person would write under it. The words were written before any model was tried on them.
 */
public enum ExamplePhoto {
  /** An animal and its rider. */
  JOCKEY_ON_HORSE(
      "A jockey with a green helmet on a brown horse",
      "CC0 1.0, author not named (Pexels 158976)",
      640,
      426,
      "A horse",
      "A jockey with a green helmet rides a brown horse along a white fence.",
      "the man riding the horse",
      "the green helmet",
      "a white horse"),
  /** People. */
  COUPLE_ON_BENCH(
      "A woman in a yellow cardigan and a man in a dark blue jacket on a park bench",
      "CC0 1.0, Senior Living (StockSnap GL9XJQTLJK)",
      960,
      640,
      "People",
      "A man in a dark blue jacket hugs a woman with a pink scarf on a park bench.",
      "the man in the dark blue jacket",
      "the woman's scarf",
      "a dog"),
  /** A street. */
  YELLOW_TAXIS(
      "Yellow taxis on a street in New York",
      "CC0 1.0, author not named (Pexels 8247)",
      1024,
      682,
      "A street",
      "Yellow taxis wait on a street between tall buildings.",
      "the taxi at the right edge",
      "windows",
      "a red bus"),
  /** A table. */
  BURGER_AND_FRIES(
      "A burger, french fries, a white cup and a black bowl on a plate",
      "CC0 1.0, author not named (Pexels 70497)",
      1024,
      681,
      "A table",
      "A burger lies next to french fries and a white cup on a plate.",
      "the white cup in front of the burger",
      "lettuce",
      "a slice of pizza"),
  /** A person and an animal. */
  WOMAN_AND_GREAT_DANE(
      "A woman in a grey hoodie and a big brown dog that stands on its hind legs",
      "CC0 1.0, author not named (Pexels 532310)",
      640,
      962,
      "A dog",
      "A woman in a grey hoodie hugs a big brown dog.",
      "the person on the left",
      "grass",
      "a small white dog"),
  /** Two of a kind. */
  TWO_MUGS(
      "Two white mugs with red words",
      "CC0 1.0, Candace McDaniel (StockSnap MVYHPT6H7C)",
      960,
      664,
      "Two of a kind",
      "Two white mugs stand side by side.",
      "the mug on the left",
      "the mug on the right",
      "a blue mug"),
  /** Two people who differ by what they wear. */
  TWO_WOMEN_BICYCLES(
      "Two women on bicycles, one in a blue shirt and one in a white dress",
      "CC0 1.0, author not named (Pixabay, 2018)",
      1024,
      682,
      "Which of two",
      "A woman in a blue shirt and a woman in a white dress ride bicycles.",
      "the woman in the white dress",
      "the basket on the right",
      "a woman in a red coat"),
  /** A child. */
  CHILD_AND_TEDDY(
      "A small child and a teddy bear on wooden planks",
      "CC0 1.0, author not named (Pexels 39369)",
      640,
      476,
      "A child",
      "A child in a blue shirt sits across from a teddy bear.",
      "the child next to the teddy bear",
      "jeans",
      "a red ball");

  private static final String FOLDER = "/examples/";

  private final String title;
  private final String terms;
  private final int width;
  private final int height;
  private final String subject;
  private final String caption;
  private final List<String> queries;

  ExamplePhoto(
      String title,
      String terms,
      int width,
      int height,
      String subject,
      String caption,
      String... queries) {
    this.title = title;
    this.terms = terms;
    this.width = width;
    this.height = height;
    this.subject = subject;
    this.caption = caption;
    this.queries = List.of(queries);
  }

  /** Returns the photo called {@code id}; empty if there is none, so no id ever names a path. */
  static Optional<ExamplePhoto> of(String id) {
    return Arrays.stream(values()).filter(photo -> photo.id().equals(id)).findFirst();
  }

  /** Returns the name in forms and file names. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
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

  /** Returns its subject, in a few words. */
  public String subject() {
    return subject;
  }

  /** Returns the sentence under it. */
  public String caption() {
    return caption;
  }

  /** Returns more to ask; the last is not in the photo. */
  public List<String> queries() {
    return queries;
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
