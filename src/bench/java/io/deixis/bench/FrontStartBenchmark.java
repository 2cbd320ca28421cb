package io.deixis.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures how long the front takes from its start to its first answer, and the memory it has then:
 * as a plain package, as a package with an ahead-of-time cache, the same compiled by C1 alone, and
 * as a native executable. The ways take turns, so that whatever else the machine does falls on all
 * of them.
 *
 * <p>System properties: {@code bench.java} (home of the JDK 25 that the cache was made with),
 * {@code bench.native} (a native executable), {@code bench.rounds} (starts of each way, 9). A way
 * that is not packaged is left out.
 */
public final class FrontStartBenchmark {

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final long LIMIT_NANOS = 120_000_000_000L;

  private final HttpClient http = HttpClient.newHttpClient();

  /** One start: milliseconds to the first answer, and megabytes resident after it. */
  private record Start(double milliseconds, double megabytes) {}

  private FrontStartBenchmark() {}

  /** Starts every way in turn and prints the medians. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    new FrontStartBenchmark().run(Integer.getInteger("bench.rounds", 9));
  }

  private void run(int rounds) throws IOException, InterruptedException {
    Map<String, List<String>> ways = ways();
    Map<String, List<Start>> starts = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, List<String>> way : ways.entrySet()) {
        Start start = start(way.getValue());
        starts.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(start);
      }
    }
    System.out.printf("Start of the front to its first 200, %d starts of each way%n", rounds);
    starts.forEach(
        (name, all) ->
            System.out.printf(
                Locale.ROOT,
                "  %-22s median %7.0f ms, fastest %7.0f ms, resident %5.0f MB%n",
                name,
                median(all.stream().map(Start::milliseconds).toList()),
                all.stream().mapToDouble(Start::milliseconds).min().orElseThrow(),
                median(all.stream().map(Start::megabytes).toList())));
  }

  private static Map<String, List<String>> ways() {
    Path root = Path.of(System.getProperty("bench.root", ".")).toAbsolutePath().normalize();
    String java =
        Path.of(System.getProperty("bench.java", System.getProperty("java.home")), "bin", "java")
            .toString();
    Path plain = root.resolve("target/front/quarkus-app/quarkus-run.jar");
    Path aot = root.resolve("target/front-aot/quarkus-app");
    Map<String, List<String>> ways = new LinkedHashMap<>();
    if (Files.exists(plain)) {
      ways.put("jar", List.of(java, "-jar", plain.toString()));
    }
    if (Files.exists(aot.resolve("app.aot"))) {
      List<String> cached =
          List.of(
              "-XX:AOTMode=on",
              "-XX:AOTCache=" + aot.resolve("app.aot"),
              "-jar",
              aot.resolve("quarkus-run.jar").toString());
      ways.put("jar with cache", joined(List.of(java), cached));
      ways.put("the same, C1 alone", joined(List.of(java, "-XX:TieredStopAtLevel=1"), cached));
    }
    String executable = System.getProperty("bench.native");
    if (executable != null) {
      ways.put("native", List.of(executable));
    }
    return ways;
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private Start start(List<String> command) throws IOException, InterruptedException {
    int port = freePort();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.environment().put("DEIXIS_WORKER_URL", "http://127.0.0.1:1");
    long begin = System.nanoTime();
    Process process = builder.start();
    try {
      awaitAnswer(URI.create("http://127.0.0.1:" + port + "/q/health/live"), process, begin);
      double milliseconds = (System.nanoTime() - begin) / 1e6;
      return new Start(milliseconds, residentMegabytes(process.pid()));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void awaitAnswer(URI url, Process process, long begin)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url).build();
    while (process.isAlive() && System.nanoTime() - begin < LIMIT_NANOS) {
      try {
        if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(2);
      }
    }
    throw new IOException("The front did not answer at " + url);
  }

  private static double residentMegabytes(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    Matcher resident = RESIDENT.matcher(Files.readString(status));
    return resident.find() ? Long.parseLong(resident.group(1)) / 1024.0 : Double.NaN;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
