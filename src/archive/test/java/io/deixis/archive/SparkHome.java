package io.deixis.archive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Spark's jars laid out as in its distribution, and the packaged job beside them.
 *
 * @param folder Spark's home
 */
record SparkHome(Path folder) {

  private static final Path PACKAGE = Path.of(System.getProperty("deixis.packaged.archive"));

  /** Of processes that end before more of a compiler would pay. */
  static final List<String> SHORT_RUN = List.of("-XX:TieredStopAtLevel=1");

  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  /** Lays the jars out. */
  static SparkHome at(Path folder) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (String jar : Files.readString(PACKAGE.resolve("spark.classpath")).strip().split(":")) {
      Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
    }
    return new SparkHome(folder);
  }

  /** Starts a class of Spark, its output going into a file. */
  Process start(String name, Path log, List<String> arguments) throws IOException {
    return start(jars(), SHORT_RUN, name, log, arguments);
  }

  /** Starts a class of the job or of its tests on this machine alone, as the launcher does. */
  Process alone(List<String> options, String name, Path log, List<String> arguments)
      throws IOException {
    String job = PACKAGE.resolve("deixis-archive.jar") + ":" + PACKAGE.resolve("lib") + "/*";
    return start(
        job + ":" + PACKAGE.resolve("test-classes") + ":" + jars(), options, name, log, arguments);
  }

  private String jars() {
    return folder.resolve("jars") + "/*";
  }

  private Process start(
      String classPath, List<String> options, String name, Path log, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    OPENED.forEach(each -> command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(List.of("-Xmx1g", "-cp", classPath, name));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", folder.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("DJL_OFFLINE", "true");
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return builder.start();
  }

  /** Starts the job by spark-submit. */
  Process submit(String master, Path log, List<String> arguments) throws IOException {
    List<String> conf =
        List.of(
            "spark.ui.enabled=false",
            "spark.executor.memory=1g",
            "spark.executor.extraJavaOptions=" + SHORT_RUN.get(0));
    return submit(master, conf, log, arguments);
  }

  /** Starts the job by spark-submit with a configuration of its own. */
  Process submit(String master, List<String> conf, Path log, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("--master", master, "--class", "io.deixis.archive.ArchiveCommand"));
    all.addAll(List.of("--jars", libraries()));
    conf.forEach(each -> all.addAll(List.of("--conf", each)));
    all.add(PACKAGE.resolve("deixis-archive.jar").toString());
    all.addAll(arguments);
    return start("org.apache.spark.deploy.SparkSubmit", log, all);
  }

  /** Runs the job and returns its output. */
  String run(String master, Path log, List<String> arguments)
      throws IOException, InterruptedException {
    return finished(submit(master, log, arguments), log);
  }

  /** Waits for a process that ends well, and returns its output. */
  static String finished(Process process, Path log) throws IOException, InterruptedException {
    if (!process.waitFor(20, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("The job failed:\n" + Files.readString(log));
    }
    return Files.readString(log);
  }

  /** Returns a port of the loopback interface that is free just now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String libraries() throws IOException {
    try (Stream<Path> jars = Files.list(PACKAGE.resolve("lib"))) {
      return String.join(",", jars.map(Path::toString).sorted().toList());
    }
  }
}
