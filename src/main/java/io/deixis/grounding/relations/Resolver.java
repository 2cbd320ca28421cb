package io.deixis.grounding.relations;

import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.ScoredBox;
import io.deixis.language.Reading;
import io.deixis.metrics.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds what a reading asks for by composing what the matcher says of its noun phrases: which boxes
 * are instances, which of these the relations hold of, and what the matcher makes of the whole
 * phrase.
 */
public final class Resolver {

  /** From this IoU on, candidates of two phrases are about the same thing. */
  private static final double SAME_BOX = 0.6;

  /** Logit of a whole phrase for which no candidate is about a thing. */
  private static final double NOTHING = -12;

  /** Things that the whole phrase finds and the bare noun does not: how many, and their weight. */
  private static final int ADDED = 3;

  private static final double ADDED_WEIGHT = 0.5;

  /** From this IoU on, a reference is the target itself. */
  private static final double ITSELF = 0.8;

  /** No relation is certain not to hold. */
  private static final double LEAST = 1e-4;

  /** One of this chance or more is among "all". */
  private static final double AMONG_ALL = 0.45;

  /** Who asks for two knows that there are two, mostly: less is enough, but not a part of one. */
  private static final double AMONG_NUMBER = 0.2;

  /**
   * Of a logistic regression of hits on the answers of held-out images: how far a thing's share of
   * the chances counts, and its calibrated logit.
   */
  private static final double OF_SHARE = 0.27;

  private static final double OF_LOGIT = 0.47;
  private static final double BIAS = 0.58;

  /**
   * Of several, each has to wear or hold one itself: what is only likelier than elsewhere counts
   * less.
   */
  private static final double EACH = 2;

  /** What is left of the chance of the second one where one is seen for sure. */
  private static final double OF_TOO_FEW = 0.3;

  private static final double EPSILON = 1e-6;

  /** From this probability of its best box on, nobody doubts that a thing is there at all. */
  private static final double CERTAIN = 0.3;

  private final Function<String, PhraseMatches> matches;
  private final double width;
  private final double height;
  private final Calibration calibration;
  private final Map<String, List<Instance>> instances = new HashMap<>();

  /**
   * Prepares the resolving in one image.
   *
   * @param matches what the matcher makes of each of {@link #phrases}
   * @param width of the image in pixels
   * @param height of the image in pixels
   * @param calibration of the matcher's logits
   */
  public Resolver(
      Function<String, PhraseMatches> matches,
      double width,
      double height,
      Calibration calibration) {
    this.matches = matches;
    this.calibration = calibration;
    this.width = width;
    this.height = height;
  }

  /** Returns the phrases whose matches a reading needs, each once: its own whole text first. */
  public static List<String> phrases(Reading reading) {
    Set<String> phrases = new LinkedHashSet<>();
    add(reading, phrases);
    return List.copyOf(phrases);
  }

  /** Returns how many things there surely are of those that a reading chooses from. */
  public int count(Reading reading) {
    return reading.isPlain()
        ? 1
        : (int)
            instances(bare(reading)).stream()
                .filter(instance -> instance.chance() >= AMONG_ALL)
                .count();
  }

  /** Returns what a reading is answered, in the form of a phrase's matches. */
  public PhraseMatches matches(Reading reading) {
    if (reading.isPlain()) {
      return matches.apply(reading.text());
    }
    List<ScoredBox> resolved = resolve(reading);
    return new PhraseMatches(
        resolved.stream().map(ScoredBox::box).toList(),
        resolved.stream().map(box -> (float) calibration.logit(box.score())).toList());
  }

  /** The noun with its article is found a little better than without. */
  private static String bare(Reading reading) {
    return "the " + reading.target();
  }

  private List<Instance> instances(String phrase) {
    return instances.computeIfAbsent(phrase, text -> Instances.of(matches.apply(text)));
  }

  private static void add(Reading reading, Set<String> phrases) {
    phrases.add(reading.text());
    if (!reading.isPlain()) {
      phrases.add(bare(reading));
    }
    for (Reading.Relation relation : reading.relations()) {
      relation.references().forEach(reference -> add(reference, phrases));
    }
    reading.parts().forEach(part -> add(part, phrases));
  }

  /**
   * Resolves a reading.
   *
   * @return what may be meant, the most likely first, with calibrated scores; of a reading that
   *     asks for several no more than those
   */
  public List<ScoredBox> resolve(Reading reading) {
    boolean tooFew = reading.needsMoreThan(count(reading));
    List<Instance> ranked = ranked(reading);
    if (tooFew && reading.asksForOther()) {
      ranked = others(ranked, reading);
    }
    if (reading.number() == Reading.ALL || reading.number() == Reading.NONE) {
      List<Instance> among =
          ranked.stream().filter(instance -> instance.chance() >= AMONG_ALL).toList();
      ranked = among.isEmpty() ? ranked.subList(0, Math.min(1, ranked.size())) : among;
    } else if (reading.isSeveral()) {
      ranked = ranked.subList(0, Math.min(counted(reading), ranked.size()));
    }
    double sum = reading.isSeveral() ? 1 : sum(ranked);
    double there =
        presence(ranked) * Math.sqrt(referencesPresence(reading)) * (tooFew ? OF_TOO_FEW : 1);
    double most = reading.number() == Reading.NONE ? there(reading) : 1;
    return ranked.stream()
        .map(instance -> scored(instance, sum, there))
        .map(box -> new ScoredBox(box.box(), Math.min(box.score(), most)))
        .toList();
  }

  /** Returns the chance that there is one at all, as of a phrase by itself. */
  private double there(Reading reading) {
    return matches.apply(bare(reading)).logits().stream()
        .findFirst()
        .map(calibration::probability)
        .orElse(0.0);
  }

  /**
   * Returns how many there are of a number asked for, at least 1. Who asks for more than twice as
   * many as are seen for sure has not counted: then only those are there.
   */
  private int counted(Reading reading) {
    int sure = count(reading);
    if (sure > 0 && reading.number() >= 2 * (sure + 1)) {
      return sure;
    }
    long counted =
        instances(bare(reading)).stream()
            .filter(instance -> instance.chance() >= AMONG_NUMBER)
            .limit(reading.number())
            .count();
    return (int) Math.max(1, counted);
  }

  /** The one that is seen for sure is not the other one. */
  private List<Instance> others(List<Instance> ranked, Reading reading) {
    Optional<Box> sure =
        instances(bare(reading)).stream()
            .max(Comparator.comparingDouble(Instance::chance))
            .map(Instance::box);
    return ranked.stream().filter(instance -> !sure.equals(Optional.of(instance.box()))).toList();
  }

  /**
   * Resolves the references of a reading, those of references included.
   *
   * @return the best box of each, in the order said
   */
  public Map<Reading, ScoredBox> references(Reading reading) {
    Map<Reading, ScoredBox> found = new LinkedHashMap<>();
    List<Instance> owners = ranked(reading).stream().limit(1).toList();
    for (Reading.Relation relation : reading.relations()) {
      for (Reading reference : relation.references()) {
        List<Instance> ranked = ranked(reference);
        double sum = sum(ranked);
        double there = presence(ranked);
        reference(relation, reference, ranked, owners)
            .ifPresent(best -> found.put(reference, scored(best, sum, there)));
        found.putAll(references(reference));
      }
    }
    return found;
  }

  private Optional<Instance> reference(
      Reading.Relation relation, Reading reference, List<Instance> ranked, List<Instance> owners) {
    if (!owners.isEmpty() && !relation.excluded() && Relations.isHas(relation)) {
      return had((Has) Relations.of(relation), reference, ranked, owners.get(0));
    }
    return ranked.stream()
        .filter(thing -> !Relations.isApart(relation) || isApart(thing, owners))
        .max(Comparator.comparingDouble(Instance::chance));
  }

  /** Nothing is told to be next to itself. */
  private static boolean isApart(Instance thing, List<Instance> owners) {
    return owners.stream().noneMatch(owner -> owner.box().iou(thing.box()) > ITSELF);
  }

  /** Of several red shirts, the one that has decided who wears one. */
  private Optional<Instance> had(
      Has has, Reading reference, List<Instance> ranked, Instance owner) {
    double diagonal = Math.hypot(width, height);
    return had(reference, ranked).stream()
        .max(Comparator.comparingDouble(thing -> has.odds(thing, owner.box(), diagonal)))
        .map(
            best ->
                ranked.stream()
                    .filter(thing -> thing.box().iou(best.box()) > SAME_BOX)
                    .findFirst()
                    .orElse(best));
  }

  /** Returns what somebody may have: of a reference that is told by nothing, every candidate. */
  private List<Instance> had(Reading reference, List<Instance> ranked) {
    return reference.relations().isEmpty()
        ? Instances.candidates(matches.apply(reference.text()))
        : ranked;
  }

  private static double sum(List<Instance> instances) {
    return instances.stream().mapToDouble(Instance::chance).sum();
  }

  /** Returns 1 where there surely are such things, less where the matcher doubts it. */
  private double presence(List<Instance> instances) {
    double best =
        instances.stream().mapToDouble(Instance::logit).max().orElse(Double.NEGATIVE_INFINITY);
    return Math.min(1, calibration.probability(best) / CERTAIN);
  }

  /**
   * Who has an umbrella is doubtful where there seems to be none; the root fits held-out images.
   */
  private double referencesPresence(Reading reading) {
    return reading.relations().stream()
        .filter(relation -> !relation.excluded())
        .flatMap(relation -> relation.references().stream())
        .mapToDouble(reference -> presence(ranked(reference)))
        .min()
        .orElse(1);
  }

  /** How sure the choice among the things is, if there are any. */
  private ScoredBox scored(Instance instance, double sum, double there) {
    double share = Math.max(EPSILON, Math.min(1 - EPSILON, instance.chance() / (sum + EPSILON)));
    double odds = Math.log(share / (1 - share));
    double calibrated = calibration.scale() * instance.logit() + calibration.bias();
    double logit = OF_SHARE * odds + OF_LOGIT * calibrated + BIAS;
    return new ScoredBox(instance.box(), there / (1 + Math.exp(-logit)));
  }

  List<Instance> ranked(Reading reading) {
    if (reading.isPlain()) {
      return instances(reading.text());
    }
    PhraseMatches whole = matches.apply(reading.text());
    List<Instance> targets = targets(reading);
    double[] scores = targets.stream().mapToDouble(Instance::chance).toArray();
    double witness = reading.attributes().isEmpty() ? 0 : 1;
    for (Reading.Relation relation : reading.relations()) {
      double[] chances = chances(relation, targets, reading);
      for (int i = 0; i < scores.length; i++) {
        scores[i] *= Math.max(LEAST, relation.excluded() ? 1 - chances[i] : chances[i]);
      }
      if (!relation.excluded()) {
        witness = Math.max(witness, Relations.of(relation).witness(relation.place()));
      }
    }
    double[] says = witness(whole, targets);
    List<Instance> ranked = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      ranked.add(targets.get(i).withChance(scores[i] * Math.pow(says[i], witness)));
    }
    ranked.sort(Comparator.comparingDouble(instance -> -instance.chance()));
    return ranked;
  }

  /** Who wears, holds or does something may be found by the whole phrase alone. */
  private List<Instance> targets(Reading reading) {
    List<Instance> targets = new ArrayList<>(instances(bare(reading)));
    if (reading.relations().stream().anyMatch(r -> !r.excluded() && Relations.isHas(r))) {
      for (Instance found : instances(reading.text()).stream().limit(ADDED).toList()) {
        if (targets.stream().noneMatch(t -> t.box().iou(found.box()) > SAME_BOX)) {
          targets.add(found.withChance(found.chance() * ADDED_WEIGHT));
        }
      }
    }
    return targets;
  }

  private double[] chances(Reading.Relation relation, List<Instance> targets, Reading reading) {
    boolean has = Relations.isHas(relation);
    List<List<Instance>> references =
        relation.references().stream()
            .map(reference -> has ? had(reference, ranked(reference)) : ranked(reference))
            .toList();
    if (relation.name().equals(Reading.Relation.SAME)) {
      return same(targets, references.get(0), relation.references().get(0));
    }
    BoxRelation holds = Relations.of(relation);
    Setting setting = new Setting(targets, references, relation.place(), width, height);
    double[] chances = holds.chances(setting);
    if (has && reading.isSeveral()) {
      return Arrays.stream(chances).map(chance -> Math.pow(chance, EACH)).toArray();
    }
    if (holds instanceof Order) {
      for (int further = 1; further < Math.min(reading.number(), targets.size()); further++) {
        double[] next = holds.chances(setting.at(relation.place() + further));
        Arrays.setAll(chances, i -> Math.min(1, chances[i] + next[i]));
      }
    }
    return chances;
  }

  /** All of the references count of which several are meant: "except the two in the back". */
  private static double[] same(List<Instance> targets, List<Instance> ranked, Reading reference) {
    List<Instance> references =
        reference.number() == Reading.ALL
            ? ranked.stream().filter(instance -> instance.chance() >= AMONG_ALL).toList()
            : ranked.stream().limit(reference.number()).toList();
    return targets.stream()
        .mapToDouble(
            target ->
                references.stream().anyMatch(r -> r.box().iou(target.box()) > SAME_BOX / 1.2)
                    ? 1
                    : 0)
        .toArray();
  }

  /** Returns each target's share of what the matcher says of the whole phrase, the best has 1. */
  private static double[] witness(PhraseMatches whole, List<Instance> targets) {
    double[] logits = targets.stream().mapToDouble(target -> logit(whole, target.box())).toArray();
    double best = Arrays.stream(logits).max().orElse(0);
    return Arrays.stream(logits).map(logit -> Math.exp(logit - best)).toArray();
  }

  private static double logit(PhraseMatches whole, Box box) {
    double best = NOTHING;
    for (int i = 0; i < whole.boxes().size(); i++) {
      if (whole.logits().get(i) > best && whole.boxes().get(i).iou(box) >= SAME_BOX) {
        best = whole.logits().get(i);
      }
    }
    return best;
  }
}
