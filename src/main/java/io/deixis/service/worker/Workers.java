package io.deixis.service.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The workers of a front, and which of them to ask first. */
final class Workers {

  private static final Comparator<Choice> BEST_FIRST =
      Comparator.comparing(Choice::avoided).thenComparing(Choice::inFlight);

  private final List<Worker> workers;
  private final AtomicInteger turn = new AtomicInteger();

  /** A worker as it is while the choice is made. */
  private record Choice(Worker worker, boolean avoided, int inFlight) {}

  Workers(List<Worker> workers) {
    this.workers = List.copyOf(workers);
  }

  /**
   * Returns the workers in the order in which to ask: those that are well first, among them the one
   * with the fewest requests, among equals one after the other. A worker that is alone is listed
   * twice, since behind its address may be several, or it may just have come back.
   */
  List<Worker> inOrder() {
    if (workers.size() == 1) {
      return List.of(workers.get(0), workers.get(0));
    }
    List<Worker> rotated = new ArrayList<>(workers);
    Collections.rotate(rotated, Math.floorMod(turn.getAndIncrement(), workers.size()));
    return rotated.stream()
        .map(worker -> new Choice(worker, worker.isAvoided(), worker.inFlight()))
        .sorted(BEST_FIRST)
        .map(Choice::worker)
        .toList();
  }

  boolean single() {
    return workers.size() == 1;
  }
}
