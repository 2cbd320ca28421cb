package io.deixis.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares the packaged application with what the engine can do at best, on the same photos and
 * phrases, each of which a peer is asked for once:
 *
 * <ul>
 *   <li>the engine's own loop in this process, which does all that an answer needs, and nothing
 *       else: the floor that the application is measured by;
 *   <li>a loop over DJL predictors of the backbone alone, without regions, phrases and matching;
 *   <li>DJL Serving with the backbone, if one runs;
 *   <li>{@code POST /v1/ground}.
 * </ul>
 *
 * <p>The peers take turns, round after round, so that what else the machine does meets all alike; a
 * ratio is the median of those of the rounds.
 *
 * <p>System properties: {@code bench.rounds} (5), {@code bench.requests} (of each peer at each
 * concurrency in a round, 32), {@code bench.warmup} (of each peer before all, 1,500: Java compiles
 * for as long as that, beside the work, on the same cores), {@code bench.passes} (at the same time
 * in the engine's loop, 2), {@code bench.threads} (of one pass in the loops, 1), {@code bench.url}
 * (a server that runs already; else the packaged application is started), {@code bench.djl-serving}
 * (the address at which a running DJL Serving predicts with the same backbone, such as {@code
 * http://localhost:8090/predictions/backbone}), {@code bench.photo} (an image file).
 */
public final class PeerBenchmark {

  private static final int[] CLIENTS = {1, 4, 16};

  /** Photos of the warm-up: more than the application remembers, so that it looks at each anew. */
  private static final int FORGOTTEN = 400;

  private static final String ENGINE = "engine loop";
  private static final String BACKBONE = "backbone loop";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int rounds = Integer.getInteger("bench.rounds", 5);
  private final int warmup = Integer.getInteger("bench.warmup", 1500);
  private final int requests = Integer.getInteger("bench.requests", 32);
  private final byte[][] photos;

  private PeerBenchmark(BenchmarkPhoto photo) {
    photos =
        IntStream.range(0, FORGOTTEN + rounds * CLIENTS.length * requests)
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

  /** A phrase that no other request has, so that none is remembered. */
  static String phrase(int number) {
    return "a red cat " + number;
  }

  private void run(Path root) throws Exception {
    Path bundle = root.resolve("models/deixis-small");
    int threads = Integer.getInteger("bench.threads", 1);
    int passes = Integer.getInteger("bench.passes", 2);
    Optional<URI> url = Optional.ofNullable(System.getProperty("bench.url")).map(URI::create);
    try (PackagedServer server = url.isPresent() ? null : PackagedServer.start(root);
        EngineLoop engine = new EngineLoop(bundle, threads, passes, photos);
        BackbonePredictors backbone =
            new BackbonePredictors(bundle.resolve("backbone.pt"), threads, photos)) {
      BlockingClient client = new BlockingClient(url.orElseGet(() -> server.url()));
      Map<String, Load.Peer> peers = new LinkedHashMap<>();
      peers.put(ENGINE, engine);
      peers.put(BACKBONE, backbone);
      Optional.ofNullable(System.getProperty("bench.djl-serving"))
          .map(URI::create)
          .ifPresent(
              serving -> peers.put("DJL Serving", number -> predict(serving, photos[number])));
      peers.put("Deixis", number -> client.ground(photos[number], phrase(number)));
      print(measure(peers));
    }
  }

  /** Returns each peer's rounds at each concurrency. */
  private Map<String, List<List<Load>>> measure(Map<String, Load.Peer> peers) throws Exception {
    Map<String, List<List<Load>>> loads = new LinkedHashMap<>();
    for (Map.Entry<String, Load.Peer> peer : peers.entrySet()) {
      Load.of(number -> peer.getValue().ask(number % FORGOTTEN), CLIENTS[1], 0, warmup);
      loads.put(
          peer.getKey(),
          Stream.<List<Load>>generate(ArrayList::new).limit(CLIENTS.length).toList());
    }
    int first = FORGOTTEN;
    for (int round = 0; round < rounds; round++) {
      for (int c = 0; c < CLIENTS.length; c++) {
        for (Map.Entry<String, Load.Peer> peer : peers.entrySet()) {
          loads
              .get(peer.getKey())
              .get(c)
              .add(Load.of(peer.getValue(), CLIENTS[c], first, requests));
        }
        first += requests;
        System.out.printf("Round %d with %d clients is done.%n", round + 1, CLIENTS[c]);
      }
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

  private void print(Map<String, List<List<Load>>> peers) {
    System.out.printf(
        "%n%d rounds of %d requests each, a new %d x %d JPEG and phrase every time%n",
        rounds, requests, BenchmarkPhoto.WIDTH, BenchmarkPhoto.HEIGHT);
    System.out.printf(
        "%-14s %7s  %7s  %15s  %15s  %7s  %7s  %7s%n",
        "", "clients", "a second", "of engine loop", "of backbone", "p50 ms", "p95 ms", "p99 ms");
    peers.forEach(
        (name, loads) -> {
          for (int c = 0; c < CLIENTS.length; c++) {
            Load all = Load.of(loads.get(c));
            System.out.printf(
                Locale.ROOT,
                "%-14s %7d  %8.2f  %15.2f  %15.2f  %7.0f  %7.0f  %7.0f%n",
                name,
                CLIENTS[c],
                all.perSecond(),
                ratio(loads.get(c), peers.get(ENGINE).get(c)),
                ratio(loads.get(c), peers.get(BACKBONE).get(c)),
                all.percentile(50),
                all.percentile(95),
                all.percentile(99));
          }
        });
  }

  /** The median of the rounds' ratios of throughput. */
  private static double ratio(List<Load> loads, List<Load> floor) {
    double[] ratios =
        IntStream.range(0, loads.size())
            .mapToDouble(i -> loads.get(i).perSecond() / floor.get(i).perSecond())
            .sorted()
            .toArray();
    return ratios[ratios.length / 2];
  }
}
