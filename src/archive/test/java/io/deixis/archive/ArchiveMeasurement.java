package io.deixis.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Measures the job on a standalone cluster of this machine whose workers have one core each: by
 * turns the engine's own loop, one executor and two, over the same drawn photos; then the memory of
 * an executor over thousands of small photos. What an executor does before its first task has ended
 * (starting, loading the model) is left out.
 *
 * <p>Arguments: the bundle (models/deixis-small); photos of a run (150, at least 26); rounds (3), 0
 * for none; small photos for the memory (5000), 0 for none. Run from the repository's root.
 */
final class ArchiveMeasurement {

  static final String PHRASE = "a red square";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PHOTOS_OF_A_TASK = 25;
  private static final Pattern LOOP = Pattern.compile("rate (\\S+) processor (\\S+)");

  private final Path folder;
  private final SparkHome spark;
  private final String bundle;
  private final List<Process> cluster = new ArrayList<>();
  private String master;

  private ArchiveMeasurement(Path folder, String bundle) throws IOException {
    this.folder = folder;
    this.spark = SparkHome.at(folder.resolve("spark"));
    this.bundle = bundle;
  }

  /**
   * What a run did.
   *
   * @param rate photos a second, of all executors together
   * @param processor milliseconds of processor time that a photo takes in the task's thread
   */
  private record Run(double rate, double processor) {}

  public static void main(String... arguments) throws Exception {
    Path folder = Files.createTempDirectory("deixis-archive");
    String bundle =
        Path.of(argument(arguments, 0, "models/deixis-small")).toAbsolutePath().toString();
    ArchiveMeasurement measurement = new ArchiveMeasurement(folder, bundle);
    try {
      measurement.startCluster();
      measurement.throughput(
          Integer.parseInt(argument(arguments, 1, "150")),
          Integer.parseInt(argument(arguments, 2, "3")));
      measurement.memory(Integer.parseInt(argument(arguments, 3, "5000")));
    } finally {
      for (Process process : measurement.cluster) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      System.out.println("Logs, photos and tables are in " + folder);
    }
  }

  private static String argument(String[] arguments, int index, String otherwise) {
    return arguments.length > index ? arguments[index] : otherwise;
  }

  private void startCluster() throws Exception {
    int port = SparkHome.freePort();
    master = "spark://127.0.0.1:" + port;
    start("org.apache.spark.deploy.master.Master", "--port", Integer.toString(port));
    await(folder.resolve("0.log"), "New state: ALIVE");
    for (int worker = 1; worker <= 2; worker++) {
      start(
          "org.apache.spark.deploy.worker.Worker",
          "--cores",
          "1",
          "--memory",
          "4g",
          "--work-dir",
          folder.resolve("work-" + worker).toString(),
          master);
      await(folder.resolve(worker + ".log"), "Successfully registered with master");
    }
  }

  private void start(String name, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--host", "127.0.0.1", "--webui-port", "0"));
    all.addAll(List.of(arguments));
    cluster.add(spark.start(name, folder.resolve(cluster.size() + ".log"), all));
  }

  private static void await(Path log, String line) throws Exception {
    while (!Files.readString(log).contains(line)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** The engine's loop, one executor and two, in turn. */
  private void throughput(int photos, int rounds) throws Exception {
    if (rounds == 0) {
      return;
    }
    Path archive = draw("photos", photos, 500, 375);
    double[] ofOne = new double[rounds];
    double[] ofOneProcessor = new double[rounds];
    double[] ofTwo = new double[rounds];
    double[] hour = new double[rounds];
    System.out.println("round  loop/s (ms)  one executor/s (ms)  two executors/s (ms)");
    for (int round = 0; round < rounds; round++) {
      Run loop = loop(archive, round);
      Run one = job(archive, "one-" + round, 1);
      Run two = job(archive, "two-" + round, 2);
      System.out.printf(
          Locale.ROOT,
          "%5d  %5.2f (%4.0f)  %12.2f (%4.0f)  %13.2f (%4.0f)%n",
          round,
          loop.rate,
          loop.processor,
          one.rate,
          one.processor,
          two.rate,
          two.processor);
      ofOne[round] = one.rate / loop.rate;
      ofOneProcessor[round] = loop.processor / one.processor;
      ofTwo[round] = two.rate / one.rate;
      hour[round] = one.rate * 3600;
    }
    System.out.printf(
        Locale.ROOT,
        "one executor / loop: %.2f (by processor time %.2f); two executors / one: %.2f; photos an"
            + " hour of one executor: %.0f (medians)%n",
        median(ofOne),
        median(ofOneProcessor),
        median(ofTwo),
        median(hour));
  }

  private Run loop(Path archive, int round) throws Exception {
    Path log = folder.resolve("loop-" + round + ".log");
    Process process =
        spark.alone(
            List.of("-XX:ActiveProcessorCount=1"), // as an executor of one core has them
            "io.deixis.archive.EngineLoop",
            log,
            List.of(bundle, archive.toString(), Integer.toString(PHOTOS_OF_A_TASK)));
    Matcher told = LOOP.matcher(SparkHome.finished(process, log));
    told.find();
    return new Run(Double.parseDouble(told.group(1)), Double.parseDouble(told.group(2)));
  }

  private Run job(Path archive, String name, int executors) throws Exception {
    Path events = Files.createDirectories(folder.resolve("events-" + name));
    Path log = folder.resolve(name + ".log");
    SparkHome.finished(submit(archive, name, executors, events, log), log);
    return read(events);
  }

  private Process submit(Path archive, String name, int executors, Path events, Path log)
      throws IOException {
    List<String> conf =
        List.of(
            "spark.ui.enabled=false",
            "spark.cores.max=" + executors,
            "spark.executor.cores=1",
            "spark.executor.memory=1g",
            // As in the image of deploy/archive
            "spark.executorEnv.MALLOC_ARENA_MAX=2",
            "spark.eventLog.enabled=true",
            "spark.eventLog.rolling.enabled=false",
            "spark.eventLog.compress=false",
            "spark.eventLog.dir=" + events.toUri());
    return spark.submit(
        master,
        conf,
        log,
        List.of(
            archive.toString(),
            "--phrases",
            PHRASE,
            "--model",
            bundle,
            "--photos-per-task",
            Integer.toString(PHOTOS_OF_A_TASK),
            "--out",
            folder.resolve(name).toString()));
  }

  /** A task that grounded photos. */
  private record Task(String executor, long launched, long finished, long photos, double cpu) {}

  /** Reads Spark's event log: each executor's tasks but the first, which loads the model. */
  private static Run read(Path events) throws IOException {
    Map<String, List<Task>> byExecutor = new TreeMap<>();
    for (Path file : files(events)) {
      for (String line : Files.readAllLines(file)) {
        JsonNode event = JSON.readTree(line);
        if (event.path("Event").asText().equals("SparkListenerTaskEnd")) {
          Task task = task(event);
          if (task.photos > 0) {
            byExecutor.computeIfAbsent(task.executor, name -> new ArrayList<>()).add(task);
          }
        }
      }
    }
    double rate = 0;
    double cpu = 0;
    long photos = 0;
    for (List<Task> tasks : byExecutor.values()) {
      tasks.sort((a, b) -> Long.compare(a.launched, b.launched));
      long of = 0;
      for (Task task : tasks.subList(1, tasks.size())) {
        of += task.photos;
        cpu += task.cpu;
      }
      long ended = tasks.get(tasks.size() - 1).finished;
      rate += of / ((ended - tasks.get(0).finished) / 1e3);
      photos += of;
    }
    return new Run(rate, cpu / photos);
  }

  private static Task task(JsonNode event) {
    JsonNode info = event.get("Task Info");
    long photos = 0;
    for (JsonNode each : info.path("Accumulables")) {
      if (each.path("Name").asText().equals("photos")) {
        photos += each.path("Update").asLong();
      }
    }
    return new Task(
        info.get("Executor ID").asText(),
        info.get("Launch Time").asLong(),
        info.get("Finish Time").asLong(),
        photos,
        event.path("Task Metrics").path("Executor CPU Time").asLong() / 1e6);
  }

  /** What an executor holds, second by second, while it grounds small photos. */
  private void memory(int photos) throws Exception {
    if (photos == 0) {
      return;
    }
    Path archive = draw("small", photos, 64, 48);
    Path events = Files.createDirectories(folder.resolve("events-memory"));
    Path log = folder.resolve("memory.log");
    Process job = submit(archive, "memory", 1, events, log);
    List<Long> held = new ArrayList<>();
    while (job.isAlive()) {
      cluster.stream().flatMap(Process::descendants).findFirst().ifPresent(each -> add(held, each));
      TimeUnit.SECONDS.sleep(1);
    }
    SparkHome.finished(job, log);
    System.out.printf(Locale.ROOT, "%d photos; resident MiB of the executor:", photos);
    for (int tenth = 1; tenth <= 10; tenth++) {
      List<Long> part = held.subList(held.size() * (tenth - 1) / 10, held.size() * tenth / 10);
      System.out.printf(
          Locale.ROOT, " %.0f", median(part.stream().mapToDouble(Long::doubleValue).toArray()));
    }
    System.out.println(" (medians of tenths of its time)");
  }

  private static void add(List<Long> held, ProcessHandle process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", process.pid() + "", "status"))) {
      lines
          .filter(line -> line.startsWith("VmRSS:"))
          .forEach(line -> held.add(Long.parseLong(line.replaceAll("\\D", "")) / 1024));
    } catch (IOException ended) {
      // it holds nothing any more
    }
  }

  private Path draw(String name, int photos, int width, int height) throws IOException {
    Path archive = Files.createDirectories(folder.resolve(name));
    Random random = new Random(5);
    for (int i = 0; i < photos; i++) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      for (int shape = 0; shape < 12; shape++) {
        graphics.setColor(new Color(random.nextInt(1 << 24)));
        graphics.fillOval(random.nextInt(width), random.nextInt(height), width / 4, height / 4);
      }
      graphics.dispose();
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(image, "jpeg", jpeg);
      Files.write(archive.resolve("photo-%05d.jpg".formatted(i)), jpeg.toByteArray());
    }
    return archive;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
