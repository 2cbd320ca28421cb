package io.deixis.grounding.relations;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the single things among the candidates of a noun phrase, each once. */
final class Instances {

  /** Of boxes that overlap more than this, the better one stays. */
  private static final double SAME = 0.5;

  /** A box that lies in a better one by this part is a part of it. */
  private static final double NESTED = 0.8;

  /** Weaker ones, relative to the best, are none. */
  private static final double LEAST = 0.02;

  private static final int MOST = 16;

  private Instances() {}

  /** Returns the things that a noun phrase may name, the most certain first. */
  static List<Instance> of(PhraseCandidates candidates, ResolverSettings settings) {
    float[] logits = candidates.logits();
    int[] order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Instance> kept = new ArrayList<>();
    for (int i : order) {
      double chance = settings.chance(logits[i], logits[order[0]]);
      if (chance < LEAST || kept.size() == MOST) {
        break;
      }
      Box box = candidates.boxes().get(i);
      if (kept.stream().noneMatch(other -> same(box, other.box()))) {
        kept.add(new Instance(box, chance));
      }
    }
    return kept;
  }

  private static boolean same(Box box, Box better) {
    double shared = box.intersectionArea(better);
    return box.iou(better) > SAME
        || shared >= NESTED * box.area()
        || shared >= NESTED * better.area();
  }
}
