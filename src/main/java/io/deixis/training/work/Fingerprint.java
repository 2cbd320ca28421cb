package io.deixis.training.work;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What determines a stage's result: its settings, data, architecture and starting weights.
 *
 * @param parts a text for each, by name
 */
public record Fingerprint(Map<String, String> parts) {

  /** Copies the parts, keeping their order. */
  public Fingerprint {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** Begins with nothing. */
  public Fingerprint() {
    this(Map.of());
  }

  /** Returns this fingerprint with one more part, by its text. */
  public Fingerprint with(String name, Object part) {
    Map<String, String> more = new LinkedHashMap<>(parts);
    more.put(name, part.toString());
    return new Fingerprint(more);
  }

  /** Returns the names of the parts in which {@code other} differs, in order. */
  public List<String> differences(Fingerprint other) {
    Map<String, String> all = new LinkedHashMap<>(parts);
    all.putAll(other.parts);
    return all.keySet().stream()
        .filter(name -> !Objects.equals(parts.get(name), other.parts.get(name)))
        .toList();
  }
}
