package io.deixis.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Measures warm {@code POST /v1/ground} with one phrase on one 500x375 photo, one request at a
 * time: with a new image each time, and with another phrase on the same image.
 *
 * <p>System properties: {@code bench.url} (a server that runs already; else the packaged
 * application is started), {@code bench.warmup} (requests before measuring, 30), {@code
 * bench.requests} (measured requests of each case, 200), {@code bench.photo} (an image file).
 */
public final class GroundBenchmark {

  private static final List<String> COLOURS =
      List.of("red", "blue", "green", "white", "black", "brown", "orange", "grey");
  private static final List<String> THINGS =
      List.of("cat", "coat", "helmet", "cup", "table", "tower", "camera", "flag", "suit", "spoon");

  private final GroundClient client;
  private final BenchmarkPhoto photo;
  private final int warmup;
  private final int requests;

  private GroundBenchmark(GroundClient client, BenchmarkPhoto photo, int warmup, int requests) {
    this.client = client;
    this.photo = photo;
    this.warmup = warmup;
    this.requests = requests;
  }

  /** Runs both cases and prints their tables. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("bench.root", "."));
    Path image =
        Path.of(
            System.getProperty(
                "bench.photo", root.resolve("web/public/examples/astronaut.jpg").toString()));
    Optional<URI> url = Optional.ofNullable(System.getProperty("bench.url")).map(URI::create);
    try (PackagedServer server = url.isPresent() ? null : PackagedServer.start(root)) {
      GroundBenchmark benchmark =
          new GroundBenchmark(
              new GroundClient(url.orElseGet(() -> server.url())),
              BenchmarkPhoto.read(image),
              Integer.getInteger("bench.warmup", 30),
              Integer.getInteger("bench.requests", 200));
      benchmark.run();
    }
  }

  private void run() throws IOException, InterruptedException {
    System.out.printf(
        "POST /v1/ground, one phrase, %d x %d JPEG, %d requests after %d to warm up%n",
        BenchmarkPhoto.WIDTH, BenchmarkPhoto.HEIGHT, requests, warmup);
    measure("new image", i -> photo.variant(i + 1));
    byte[] same = photo.variant(0);
    measure("another phrase on the same image", i -> same);
  }

  private void measure(String name, IntFunction<byte[]> images)
      throws IOException, InterruptedException {
    List<GroundClient.Sample> samples = new ArrayList<>();
    for (int i = 0; i < warmup + requests; i++) {
      GroundClient.Sample sample = client.ground(images.apply(i), phrase(i));
      if (i >= warmup) {
        samples.add(sample);
      }
    }
    new LatencyReport(samples).print(name, System.out);
  }

  /** A phrase that differs from those of the requests shortly before. */
  private static String phrase(int request) {
    return "a %s %s"
        .formatted(
            COLOURS.get(request / THINGS.size() % COLOURS.size()),
            THINGS.get(request % THINGS.size()));
  }
}
