package io.deixis.grounding.relations;

import io.deixis.geometry.Box;
import io.deixis.language.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds what a reading asks for by composing what the matcher says of its noun phrases: which boxes
 * are instances, which of these the relations hold of, and what the matcher makes of the whole
 * phrase.
 */
public final class Resolver {

  private static final double SAME_BOX = 0.6;

  private final Function<String, PhraseCandidates> matches;
  private final double width;
  private final double height;
  private final ResolverSettings settings;

  /**
   * Prepares the resolving in one image.
   *
   * @param matches what the matcher makes of each of {@link #phrases}
   * @param width of the image in pixels
   * @param height of the image in pixels
   */
  public Resolver(
      Function<String, PhraseCandidates> matches,
      double width,
      double height,
      ResolverSettings settings) {
    this.matches = matches;
    this.width = width;
    this.height = height;
    this.settings = settings;
  }

  /** Returns the phrases whose matches a reading needs, each once: its own whole text first. */
  public static List<String> phrases(Reading reading) {
    Set<String> phrases = new LinkedHashSet<>();
    add(reading, phrases);
    return List.copyOf(phrases);
  }

  private static void add(Reading reading, Set<String> phrases) {
    phrases.add(reading.text());
    if (!reading.relations().isEmpty() || reading.isSeveral()) {
      phrases.add(noun(reading));
    }
    for (Reading.Relation relation : reading.relations()) {
      relation.references().forEach(reference -> add(reference, phrases));
    }
  }

  private static String noun(Reading reading) {
    return "the " + reading.target();
  }

  /**
   * Resolves a reading.
   *
   * @return what may be meant, the most likely first; the chances are no probabilities yet
   */
  public List<Instance> resolve(Reading reading) {
    PhraseCandidates whole = matches.apply(reading.text());
    if (reading.relations().isEmpty() && !reading.isSeveral()) {
      return Instances.of(whole, settings);
    }
    List<Instance> targets = with(whole, Instances.of(matches.apply(noun(reading)), settings));
    double[] scores = targets.stream().mapToDouble(Instance::chance).toArray();
    double witness = reading.attributes().isEmpty() ? 0 : 1;
    for (Reading.Relation relation : reading.relations()) {
      BoxRelation known = Relations.of(relation);
      double[] chances = chances(relation, known, targets);
      for (int i = 0; i < scores.length; i++) {
        scores[i] *= Math.max(1e-4, relation.excluded() ? 1 - chances[i] : chances[i]);
      }
      witness = Math.max(witness, relation.excluded() ? 0 : known.witness());
    }
    double[] says = witness(whole, targets);
    List<Instance> resolved = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      double score = scores[i] * Math.pow(says[i], witness * settings.witness());
      resolved.add(new Instance(targets.get(i).box(), score));
    }
    resolved.sort(Comparator.comparingDouble(instance -> -instance.chance()));
    return resolved;
  }

  /** Resolves a reading that asks for several: as many as it says, or all. */
  public List<Instance> several(Reading reading) {
    List<Instance> resolved = resolve(reading);
    if (reading.number() != Reading.ALL) {
      return resolved.subList(0, Math.min(reading.number(), resolved.size()));
    }
    return resolved.stream().filter(instance -> instance.chance() >= settings.share()).toList();
  }

  /** Adds what the whole phrase finds and the bare noun does not. */
  private List<Instance> with(PhraseCandidates whole, List<Instance> targets) {
    return targets;
  }

  private double[] chances(Reading.Relation relation, BoxRelation known, List<Instance> targets) {
    List<List<Instance>> references = relation.references().stream().map(this::resolve).toList();
    if (relation.name().equals(Reading.Relation.SAME)) {
      return targets.stream()
          .mapToDouble(
              target ->
                  references.get(0).stream()
                      .limit(1)
                      .mapToDouble(r -> r.box().iou(target.box()) > 0.5 ? 1 : 0)
                      .sum())
          .toArray();
    }
    return known.chances(new Setting(targets, references, relation.place(), width, height));
  }

  /** Returns each target's share of what the matcher says of the whole phrase, the best has 1. */
  private double[] witness(PhraseCandidates whole, List<Instance> targets) {
    double[] says = new double[targets.size()];
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < says.length; i++) {
      says[i] = logit(whole, targets.get(i).box());
      best = Math.max(best, says[i]);
    }
    for (int i = 0; i < says.length; i++) {
      says[i] = Math.exp(says[i] - best);
    }
    return says;
  }

  private static double logit(PhraseCandidates whole, Box box) {
    double best = -12;
    for (int i = 0; i < whole.boxes().size(); i++) {
      if (whole.logits()[i] > best && whole.boxes().get(i).iou(box) >= SAME_BOX) {
        best = whole.logits()[i];
      }
    }
    return best;
  }
}
