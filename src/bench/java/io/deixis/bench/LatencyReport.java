package io.deixis.bench;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The latencies of many requests in a few numbers, and what each stage has of them. */
final class LatencyReport {

  private final List<GroundClient.Sample> samples;

  LatencyReport(List<GroundClient.Sample> samples) {
    this.samples = List.copyOf(samples);
  }

  void print(String name, PrintStream out) {
    double mean = mean(samples.stream().mapToDouble(GroundClient.Sample::latency).toArray());
    out.printf(
        Locale.ROOT,
        "%n%s: p50 %.1f ms, p95 %.1f ms, mean %.1f ms%n",
        name,
        percentile(50),
        percentile(95),
        mean);
    double rest = mean;
    for (String stage : stages()) {
      double share =
          mean(
              samples.stream()
                  .mapToDouble(sample -> sample.stages().getOrDefault(stage, 0.0))
                  .toArray());
      rest -= share;
      row(stage, share, mean, out);
    }
    row("HTTP and rest", rest, mean, out);
  }

  private static void row(String name, double share, double whole, PrintStream out) {
    out.printf(Locale.ROOT, "  %-14s %7.2f ms %5.1f %%%n", name, share, 100 * share / whole);
  }

  private Set<String> stages() {
    Set<String> stages = new LinkedHashSet<>();
    samples.forEach(sample -> stages.addAll(sample.stages().keySet()));
    return stages;
  }

  /** The nearest-rank percentile of the latencies, in milliseconds. */
  private double percentile(int percent) {
    double[] sorted = samples.stream().mapToDouble(GroundClient.Sample::latency).sorted().toArray();
    return sorted[(int) Math.ceil(percent / 100.0 * sorted.length) - 1];
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
