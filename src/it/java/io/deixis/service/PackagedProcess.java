package io.deixis.service;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A packaged application as a process of its own, on a port of its own. */
public final class PackagedProcess {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private static final AtomicInteger PORTS = new AtomicInteger();

  private final List<String> command;
  private final URI url;
  private final File log;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;

  /**
   * Prepares the process without starting it.
   *
   * @param name of its log
   * @param application the folder of the packaged application, or a native executable
   * @param properties system properties, {@code key=value}
   * @param arguments of the command line
   */
  public PackagedProcess(
      String name, Path application, List<String> properties, String... arguments)
      throws IOException {
    int port = freePort();
    url = URI.create("http://localhost:" + port);
    log = Files.createDirectories(Path.of("target", "it")).resolve(name + ".log").toFile();
    command = new ArrayList<>();
    boolean jar = Files.isDirectory(application);
    command.add(
        jar
            ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
            : application.toString());
    if (jar) {
      command.add("-XX:TieredStopAtLevel=1"); // it ends before more of a compiler would pay
    }
    command.add("-Dquarkus.http.port=" + port);
    properties.forEach(property -> command.add("-D" + property));
    if (jar) {
      command.addAll(List.of("-jar", application.resolve("quarkus-run.jar").toString()));
    }
    command.addAll(List.of(arguments));
  }

  /** Prepares a worker: the full build without pages. */
  public static PackagedProcess worker(String name, String... properties) throws IOException {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("deixis.pages.enabled=false");
    Path full = Path.of(System.getProperty("deixis.packaged.full")).toRealPath();
    return new PackagedProcess(name, full, all, "serve");
  }

  /**
   * Prepares a front before {@code worker}: the native executable that the system property {@code
   * deixis.front.executable} names, or else the packaged jar.
   */
  static PackagedProcess front(String name, PackagedProcess worker, String... properties)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("deixis.worker.url=" + worker.url());
    String executable = System.getProperty("deixis.front.executable", "");
    String packaged = System.getProperty("deixis.packaged.front");
    return new PackagedProcess(
        name, Path.of(executable.isEmpty() ? packaged : executable).toRealPath(), all);
  }

  /** Returns the base address. */
  public URI url() {
    return url;
  }

  /** Starts the process and waits until it is ready. */
  public void start() throws IOException, InterruptedException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    Instant limit = Instant.now().plus(START_LIMIT);
    while (!ready()) {
      if (!process.isAlive() || Instant.now().isAfter(limit)) {
        throw new IllegalStateException("Did not become ready; see " + log);
      }
      Thread.sleep(200);
    }
  }

  /** Ends the process, if it runs, and waits until it is gone. */
  public void stop() throws InterruptedException {
    if (process == null) {
      return;
    }
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Ends the process at once, whatever it does (SIGKILL). */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Has the process stand still until {@link #goOn()}; what it is sent is kept by the system. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Has the process go on after {@link #pause()}. */
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Returns whether this is the process that was started first and it still runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("The process is gone; see " + log);
    }
  }

  private boolean ready() throws InterruptedException {
    HttpRequest probe = HttpRequest.newBuilder(url.resolve("/q/health/ready")).build();
    try {
      return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * Returns a port that nobody has until the process takes it: each process of tests has a hundred
   * of its own, by its id, below those that systems give to outgoing connections.
   */
  private static int freePort() {
    int first = 20_000 + 100 * (int) (ProcessHandle.current().pid() % 100);
    while (true) {
      int port = first + PORTS.getAndIncrement() % 100;
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // the next one
      }
    }
  }
}
