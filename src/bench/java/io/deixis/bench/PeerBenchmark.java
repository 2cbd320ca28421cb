package io.deixis.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares the packaged application with what the engine can do at best, on the same photos, each
 * of which is asked for once: a bare loop over DJL predictors of the same backbone, in this
 * process; DJL Serving, if one runs; and {@code POST /v1/ground} with one phrase, which besides
 * describes regions, reads the phrase and matches both.
 *
 * <p>System properties: {@code bench.requests} (of each peer at each concurrency, 200), {@code
 * bench.warmup} (before each, 40), {@code bench.threads} (of one forward pass in the bare loop, 1),
 * {@code bench.djl-serving} (the address at which a running DJL Serving predicts with the same
 * backbone, such as {@code http://localhost:8090/predictions/backbone}), {@code bench.photo} (an
 * image file).
 */
public final class PeerBenchmark {

  private static final int[] CLIENTS = {1, 4, 16};
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int warmup = Integer.getInteger("bench.warmup", 40);
  private final int requests = Integer.getInteger("bench.requests", 200);
  private final byte[][] photos;

  private PeerBenchmark(BenchmarkPhoto photo) {
    photos =
        IntStream.range(0, CLIENTS.length * (warmup + requests))
            .parallel()
            .mapToObj(photo::variant)
            .toArray(byte[][]::new);
  }

  /** Measures all peers at all concurrencies and prints a table. */
  public static void main(String... arguments) throws Exception {
    Path root = Path.of(System.getProperty("bench.root", "."));
    Path photo =
        Path.of(
            System.getProperty(
                "bench.photo", root.resolve("web/public/examples/astronaut.jpg").toString()));
    new PeerBenchmark(BenchmarkPhoto.read(photo)).run(root);
  }

  private void run(Path root) throws Exception {
    Map<String, Load[]> peers = new LinkedHashMap<>();
    try (BackbonePredictors bare =
        new BackbonePredictors(
            root.resolve("models/deixis-small/backbone.pt"),
            Integer.getInteger("bench.threads", 1),
            photos)) {
      peers.put("bare DJL predictors", measure(bare));
    }
    Optional<URI> serving =
        Optional.ofNullable(System.getProperty("bench.djl-serving")).map(URI::create);
    if (serving.isPresent()) {
      peers.put("DJL Serving", measure(number -> predict(serving.get(), photos[number])));
    }
    try (PackagedServer server = PackagedServer.start(root)) {
      GroundClient client = new GroundClient(server.url());
      peers.put("Deixis", measure(number -> client.ground(photos[number], "a red cat")));
    }
    print(peers);
  }

  private Load[] measure(Load.Peer peer) throws Exception {
    Load[] loads = new Load[CLIENTS.length];
    int first = 0;
    for (int i = 0; i < CLIENTS.length; i++) {
      Load.of(peer, CLIENTS[i], first, warmup);
      loads[i] = Load.of(peer, CLIENTS[i], first + warmup, requests);
      first += warmup + requests;
    }
    return loads;
  }

  private static void predict(URI address, byte[] photo) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        HTTP.send(
            HttpRequest.newBuilder(address)
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(photo))
                .build(),
            BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(address + " answered " + answer.statusCode());
    }
  }

  private void print(Map<String, Load[]> peers) {
    Load[] floor = peers.values().iterator().next();
    System.out.printf(
        "%n%d requests each, a new %d x %d JPEG every time; in brackets: times the bare predictors%n",
        requests, BenchmarkPhoto.WIDTH, BenchmarkPhoto.HEIGHT);
    peers.forEach(
        (name, loads) -> {
          for (int i = 0; i < CLIENTS.length; i++) {
            System.out.printf(
                Locale.ROOT,
                "  %-20s %2d clients: %6.2f/s (%.2f)  p50 %6.0f ms (%.2f)  p95 %6.0f ms (%.2f)"
                    + "  p99 %6.0f ms (%.2f)%n",
                name,
                CLIENTS[i],
                loads[i].perSecond(),
                loads[i].perSecond() / floor[i].perSecond(),
                loads[i].percentile(50),
                loads[i].percentile(50) / floor[i].percentile(50),
                loads[i].percentile(95),
                loads[i].percentile(95) / floor[i].percentile(95),
                loads[i].percentile(99),
                loads[i].percentile(99) / floor[i].percentile(99));
          }
        });
  }
}
