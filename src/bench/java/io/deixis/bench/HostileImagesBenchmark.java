package io.deixis.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.engine.image.HostileImage;
import io.deixis.engine.image.HostileImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Sends every file of a folder, or the generated ones, as a photo to the packaged application, and
 * fails if an answer is neither 200 nor a 4xx with a sentence, takes too long, or if the process
 * ends or takes too much memory.
 *
 * <p>System properties: {@code bench.corpus} (a folder, read with its subfolders; else the files
 * are generated), {@code bench.flips} (damaged copies of each generated picture, 100), {@code
 * bench.url} (a server that runs already, whose memory is not watched; else the packaged
 * application is started), {@code bench.clients} (requests at the same time, 2), {@code
 * bench.limit-seconds} (of one answer, 30), {@code bench.memory-mib} (most that the process may
 * hold, 4096).
 */
public final class HostileImagesBenchmark {

  private static final long SEED = 20240607;

  /** Just below the default of {@code deixis.limits.image-pixels}. */
  private static final int BOMB_PIXELS = 49_900_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final GroundClient client;
  private final Iterator<HostileImage> files;
  private final Duration limit;
  private final Map<String, Integer> answers = Collections.synchronizedMap(new TreeMap<>());
  private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
  private final List<Slow> slowest = new ArrayList<>();

  private record Slow(String name, double milliseconds) {}

  private HostileImagesBenchmark(
      GroundClient client, Iterator<HostileImage> files, Duration limit) {
    this.client = client;
    this.files = files;
    this.limit = limit;
  }

  /** Sends all files and prints what became of them. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("bench.root", "."));
    Optional<URI> url = Optional.ofNullable(System.getProperty("bench.url")).map(URI::create);
    double mostMemory = Integer.getInteger("bench.memory-mib", 4096);
    try (PackagedServer server = url.isPresent() ? null : PackagedServer.start(root);
        Stream<HostileImage> files = corpus()) {
      HostileImagesBenchmark benchmark =
          new HostileImagesBenchmark(
              new GroundClient(url.orElseGet(() -> server.url())),
              files.iterator(),
              Duration.ofSeconds(Integer.getInteger("bench.limit-seconds", 30)));
      benchmark.run(Integer.getInteger("bench.clients", 2));
      if (server != null) {
        benchmark.checkProcess(server, mostMemory);
      }
      benchmark.report();
    }
  }

  private static Stream<HostileImage> corpus() throws IOException {
    String folder = System.getProperty("bench.corpus");
    if (folder == null) {
      return new HostileImages(SEED, Integer.getInteger("bench.flips", 100), BOMB_PIXELS).stream();
    }
    return Files.walk(Path.of(folder))
        .filter(Files::isRegularFile)
        .sorted()
        .map(HostileImagesBenchmark::read);
  }

  private static HostileImage read(Path file) {
    try {
      return new HostileImage(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(int clients) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Thread thread = new Thread(this::sendAll, "client-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void sendAll() {
    for (Optional<HostileImage> file = next(); file.isPresent(); file = next()) {
      send(file.get());
    }
  }

  private Optional<HostileImage> next() {
    synchronized (files) {
      return files.hasNext() ? Optional.of(files.next()) : Optional.empty();
    }
  }

  private void send(HostileImage file) {
    try {
      GroundClient.Answer answer = client.send(file.bytes(), List.of("a cat"), limit);
      answers.merge(kind(answer), 1, Integer::sum);
      if (!isWellRefused(answer) && answer.status() != 200) {
        faults.add(file.name() + ": " + answer.status() + " " + new String(answer.body()));
      }
      remember(new Slow(file.name(), answer.latency()));
    } catch (IOException noAnswer) {
      answers.merge("no answer", 1, Integer::sum);
      faults.add(file.name() + ": " + noAnswer);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String kind(GroundClient.Answer answer) throws IOException {
    return answer.status() == 200
        ? "200"
        : answer.status() + " " + JSON.readTree(answer.body()).path("type").asText();
  }

  private static boolean isWellRefused(GroundClient.Answer answer) throws IOException {
    JsonNode problem = JSON.readTree(answer.body());
    return answer.status() >= 400
        && answer.status() < 500
        && answer.type().startsWith("application/problem+json")
        && problem.path("status").asInt() == answer.status()
        && problem.path("detail").asText().endsWith(".");
  }

  private synchronized void remember(Slow answer) {
    slowest.add(answer);
    slowest.sort((one, other) -> Double.compare(other.milliseconds(), one.milliseconds()));
    slowest.subList(Math.min(5, slowest.size()), slowest.size()).clear();
  }

  private void checkProcess(PackagedServer server, double mostMemory) throws IOException {
    if (!server.isAlive()) {
      faults.add("The process ended");
      return;
    }
    double peak = server.memory().peak();
    System.out.printf(
        Locale.ROOT, "RSS at most %,.0f MiB, in the end %,.0f%n", peak, server.memory().now());
    if (peak > mostMemory) {
      faults.add("The process held %,.0f MiB, more than %,.0f".formatted(peak, mostMemory));
    }
  }

  private void report() throws IOException {
    System.out.printf("%,d files%n", answers.values().stream().mapToInt(Integer::intValue).sum());
    answers.forEach((kind, count) -> System.out.printf("  %,7d  %s%n", count, kind));
    System.out.println("Slowest:");
    slowest.forEach(
        slow ->
            System.out.printf(Locale.ROOT, "  %,7.0f ms  %s%n", slow.milliseconds(), slow.name()));
    faults.stream().limit(50).forEach(fault -> System.out.println("FAULT " + fault));
    if (!faults.isEmpty()) {
      throw new IOException(faults.size() + " of these must not be.");
    }
    System.out.println("Every file was answered as it should be.");
  }
}
