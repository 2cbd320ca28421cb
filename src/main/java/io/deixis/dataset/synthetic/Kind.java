package io.deixis.dataset.synthetic;

import java.util.Optional;

/** The kinds of things in a scene, with their Flickr30k Entities types. */
enum Kind {
  MAN("man", "men", "people", 0.42, "shirt"),
  WOMAN("woman", "women", "people", 0.5, "dress"),
  DOG("dog", "dogs", "animals", 1.3, null),
  CAR("car", "cars", "vehicles", 1.9, null),
  BALL("ball", "balls", "other", 1, null),
  HOUSE("house", "houses", "other", 0.95, null),
  TENT("tent", "tents", "other", 1.4, null),
  DRUM("drum", "drums", "instruments", 1.1, null);

  final String noun;
  final String plural;

  /** The entity type. */
  final String type;

  /** Width over height. */
  final double aspect;

  private final String garment;

  Kind(String noun, String plural, String type, double aspect, String garment) {
    this.noun = noun;
    this.plural = plural;
    this.type = type;
    this.aspect = aspect;
    this.garment = garment;
  }

  /** Returns what it wears in its colour; things without clothes have the colour themselves. */
  Optional<String> garment() {
    return Optional.ofNullable(garment);
  }
}
