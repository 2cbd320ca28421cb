package io.deixis.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what a front adds to a worker's answer: the same request straight to the worker and
 * through the front, in turn, on a photo that the worker remembers, so that its own share is small.
 *
 * <p>System properties: {@code bench.worker} and {@code bench.front} (addresses of both, which run
 * already), {@code bench.warmup} (pairs before measuring, 1,000: fewer measure the front's
 * compiler), {@code bench.requests} (measured pairs, 500), {@code bench.photo} (an image file).
 */
public final class FrontOverheadBenchmark {

  private FrontOverheadBenchmark() {}

  /** Runs the pairs and prints the percentiles. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    GroundClient worker = new GroundClient(address("bench.worker"));
    GroundClient front = new GroundClient(address("bench.front"));
    Path root = Path.of(System.getProperty("bench.root", "."));
    byte[] photo =
        BenchmarkPhoto.read(
                Path.of(
                    System.getProperty(
                        "bench.photo",
                        root.resolve("web/public/examples/astronaut.jpg").toString())))
            .variant(0);
    int warmup = Integer.getInteger("bench.warmup", 1_000);
    int requests = Integer.getInteger("bench.requests", 500);
    List<Double> direct = new ArrayList<>();
    List<Double> through = new ArrayList<>();
    for (int i = 0; i < warmup + requests; i++) {
      double straight = worker.ground(photo, "a red cat").latency();
      double around = front.ground(photo, "a red cat").latency();
      if (i >= warmup) {
        direct.add(straight);
        through.add(around);
      }
    }
    System.out.printf("POST /v1/ground, %,d bytes of photo, %d pairs%n", photo.length, requests);
    for (int percent : new int[] {50, 95}) {
      System.out.printf(
          Locale.ROOT,
          "  p%d: worker %.2f ms, through the front %.2f ms, %.2f ms more%n",
          percent,
          percentile(direct, percent),
          percentile(through, percent),
          percentile(through, percent) - percentile(direct, percent));
    }
  }

  private static URI address(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalArgumentException(
          "Name the address with -D" + property + "=http://localhost:PORT.");
    }
    return URI.create(value);
  }

  /** The nearest-rank percentile. */
  private static double percentile(List<Double> values, int percent) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[(int) Math.ceil(percent / 100.0 * sorted.length) - 1];
  }
}
