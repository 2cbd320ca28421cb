package io.deixis.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Sends many requests of mixed kinds to the packaged application and fails if its memory grows:
 * seven in ten with one of 200 photos of 64x48 to 1,600x1,200 pixels, one in ten with a new photo,
 * two in ten with one that is refused; 1 to 64 phrases, mostly few.
 *
 * <p>System properties: {@code bench.requests} (20,000), {@code bench.settled} (requests after
 * which memory is looked at first, 2,000), {@code bench.growth} (most that memory may grow from
 * then to the end, as a ratio, 1.10), {@code bench.clients} (requests at the same time, 4).
 */
public final class SoakBenchmark {

  private static final long SEED = 20240607;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int PHOTOS = 200;

  /** Most requests name a phrase or two. */
  private static final int[] PHRASES = {1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6, 8, 16, 64};

  private static final List<String> THINGS =
      List.of("a cat", "the red coat", "two men", "a table", "the sky", "a dog that runs");

  private final PackagedServer server;
  private final GroundClient client;
  private final int requests;
  private final int settled;
  private final AtomicInteger sent = new AtomicInteger();
  private final Map<Integer, Integer> answers = Collections.synchronizedMap(new TreeMap<>());
  private final List<byte[]> photos =
      IntStream.range(0, PHOTOS).mapToObj(SoakBenchmark::photo).toList();
  private volatile double afterSettling;

  private SoakBenchmark(PackagedServer server, int requests, int settled) {
    this.server = server;
    this.client = new GroundClient(server.url());
    this.requests = requests;
    this.settled = settled;
  }

  /** Sends the requests and prints the memory on the way. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    double mostGrowth = Double.parseDouble(System.getProperty("bench.growth", "1.10"));
    try (PackagedServer server =
        PackagedServer.start(Path.of(System.getProperty("bench.root", ".")))) {
      SoakBenchmark soak =
          new SoakBenchmark(
              server,
              Integer.getInteger("bench.requests", 20_000),
              Integer.getInteger("bench.settled", 2_000));
      soak.run(Integer.getInteger("bench.clients", 4));
      soak.report(mostGrowth);
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
    try {
      for (int i = sent.getAndIncrement(); i < requests; i = sent.getAndIncrement()) {
        Random random = new Random(SEED + i);
        GroundClient.Answer answer = client.send(image(i, random), phrases(random), PATIENCE);
        answers.merge(answer.status(), 1, Integer::sum);
        look(i + 1);
      }
    } catch (IOException e) {
      answers.merge(0, 1, Integer::sum);
      throw new UncheckedIOException(e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] image(int request, Random random) {
    int kind = random.nextInt(10);
    byte[] known = photos.get(random.nextInt(PHOTOS));
    if (kind < 7) {
      return known;
    }
    if (kind == 7) {
      return photo(PHOTOS + request);
    }
    return kind == 8 ? Arrays.copyOf(known, known.length / 2) : new byte[100];
  }

  private static List<String> phrases(Random random) {
    return IntStream.range(0, PHRASES[random.nextInt(PHRASES.length)])
        .mapToObj(i -> THINGS.get(random.nextInt(THINGS.size())) + " " + random.nextInt(10_000))
        .toList();
  }

  /** Draws a photo of shapes, another one for each number. */
  private static byte[] photo(int number) {
    Random random = new Random(number);
    int width = 64 + random.nextInt(1 << 6 + number % 6) * 24 / 32;
    BufferedImage image = new BufferedImage(width, width * 3 / 4, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 40; i++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillOval(
          random.nextInt(width), random.nextInt(width), 1 + random.nextInt(width / 2), width / 4);
    }
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, number % 4 == 0 ? "png" : "jpeg", jpeg);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jpeg.toByteArray();
  }

  private void look(int request) throws IOException {
    if (request == settled) {
      afterSettling = server.memory().now();
    }
    if (request % 1_000 == 0) {
      System.out.printf(
          Locale.ROOT, "%,7d requests: RSS %,.0f MiB%n", request, server.memory().now());
    }
  }

  private void report(double mostGrowth) throws IOException {
    double end = server.memory().now();
    System.out.println("Answers by status: " + answers);
    System.out.printf(
        Locale.ROOT,
        "RSS %,.0f MiB after %,d requests, %,.0f MiB after %,d: %.3f times%n",
        afterSettling,
        settled,
        end,
        requests,
        end / afterSettling);
    if (answers.keySet().stream().anyMatch(status -> status == 0 || status >= 500)) {
      throw new IOException("Some requests failed.");
    }
    if (end > mostGrowth * afterSettling) {
      throw new IOException("Memory grew more than %.2f times.".formatted(mostGrowth));
    }
  }
}
