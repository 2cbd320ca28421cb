package io.deixis.service.problem;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts the problems that requests are answered with, by their type. */
@ApplicationScoped
public class ProblemMeters {

  private final MeterRegistry registry;

  ProblemMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts one. */
  public void count(Problem problem) {
    String type = problem.type().substring(problem.type().indexOf('#') + 1);
    registry.counter("deixis.problems", "type", type).increment();
  }
}
