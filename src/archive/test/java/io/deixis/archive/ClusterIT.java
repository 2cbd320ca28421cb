package io.deixis.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deixis.engine.EmbeddedGrounder;
import io.deixis.engine.SmallBundle;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.RequestDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a cluster of Spark: a master and two workers, processes of their own. */
class ClusterIT {

  private static final List<String> PHRASES = List.of("a dog", "a car");
  private static final int PHOTOS = 120;

  @TempDir private static Path folder;
  private static SparkHome spark;
  private static String master;
  private static final List<Process> CLUSTER = new ArrayList<>();
  private static Path bundle;
  private static Path archive;

  @BeforeAll
  static void startCluster() throws Exception {
    spark = SparkHome.at(folder.resolve("spark"));
    bundle = SmallBundle.write(folder.resolve("models"));
    archive = DrawnArchive.draw(folder.resolve("archive"), PHOTOS);
    int port = SparkHome.freePort();
    master = "spark://127.0.0.1:" + port;
    start("org.apache.spark.deploy.master.Master", "--port", Integer.toString(port));
    await(() -> Files.readString(folder.resolve("0.log")).contains("New state: ALIVE"));
    for (int worker = 1; worker <= 2; worker++) {
      start(
          "org.apache.spark.deploy.worker.Worker",
          "--cores",
          "1",
          "--memory",
          "2g",
          "--work-dir",
          folder.resolve("work-" + worker).toString(),
          master);
      Path log = folder.resolve(worker + ".log");
      await(() -> Files.readString(log).contains("Successfully registered with master"));
    }
  }

  private static void start(String name, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--host", "127.0.0.1", "--webui-port", "0"));
    all.addAll(List.of(arguments));
    CLUSTER.add(spark.start(name, folder.resolve(CLUSTER.size() + ".log"), all));
  }

  @AfterAll
  static void stopCluster() throws InterruptedException {
    for (Process process : CLUSTER) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void anExecutorThatIsKilledCostsNothing() throws Exception {
    Path table = folder.resolve("executor");
    Path log = folder.resolve("executor.log");
    Process job = spark.submit(master, log, arguments(table));
    await(() -> WrittenTable.files(table).size() >= 3 || !job.isAlive());

    ProcessHandle executor =
        CLUSTER.get(1).descendants().filter(ProcessHandle::isAlive).findFirst().orElseThrow();
    executor.destroyForcibly();
    String told = SparkHome.finished(job, log);

    assertThat(told).contains("%d photos grounded".formatted(PHOTOS));
    assertThat(told).contains("2 photos refused, 0 there already");
    assertThat(Files.list(folder.resolve("work-1")).flatMap(ClusterIT::executors))
        .as("executors of the first worker")
        .hasSizeGreaterThan(1);
    Map<String, List<JsonNode>> rows = everyPhotoOnce(table);
    assertThat(rows.get(DrawnArchive.DAMAGED).get(0).get("reason").asText())
        .isEqualTo("image-broken");
    assertThat(rows.get(DrawnArchive.HUGE).get(0).get("reason").asText())
        .isEqualTo("image-too-many-pixels");
    answersAreThoseOfTheGrounder(rows);
  }

  @Test
  void aDriverThatIsKilledIsResumed() throws Exception {
    Path table = folder.resolve("driver");
    Path log = folder.resolve("driver.log");
    Process job = spark.submit(master, log, arguments(table));
    await(() -> WrittenTable.files(table).size() >= 3 || !job.isAlive());
    job.destroyForcibly().waitFor();
    int before = WrittenTable.rows(table).size();
    assertThat(before).isBetween(1, PHOTOS + 1);

    List<String> resumed = new ArrayList<>(arguments(table));
    resumed.add("--resume");
    String told = spark.run(master, folder.resolve("resumed.log"), resumed);

    everyPhotoOnce(table);
    assertThat(told).containsPattern("photos refused, [1-9]\\d* there already");
    assertThat(told).doesNotContain("%d photos grounded".formatted(PHOTOS));
  }

  private static List<String> arguments(Path table) {
    List<String> arguments = new ArrayList<>(List.of(archive.toString(), "--phrases"));
    arguments.addAll(PHRASES);
    arguments.addAll(
        List.of(
            "--out",
            table.toString(),
            "--format",
            "ndjson",
            "--model",
            bundle.toString(),
            "--photos-per-task",
            "5"));
    return arguments;
  }

  private static java.util.stream.Stream<Path> executors(Path application) {
    try {
      return Files.list(application);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, List<JsonNode>> everyPhotoOnce(Path table) throws IOException {
    Map<String, List<JsonNode>> rows = WrittenTable.rows(table);
    assertThat(rows).hasSize(PHOTOS + 2);
    rows.forEach(
        (photo, ofPhoto) -> {
          boolean bad = photo.equals(DrawnArchive.DAMAGED) || photo.equals(DrawnArchive.HUGE);
          assertThat(ofPhoto).as(photo).hasSize(bad ? 1 : PHRASES.size());
        });
    return rows;
  }

  private static void answersAreThoseOfTheGrounder(Map<String, List<JsonNode>> rows)
      throws IOException {
    try (EmbeddedGrounder grounder =
        EmbeddedGrounder.open(bundle, Map.of("deixis.engine.threads", "1"))) {
      for (int i : new int[] {0, 50, PHOTOS - 1}) {
        String name = "photo-%04d.png".formatted(i);
        byte[] photo = Files.readAllBytes(archive.resolve("of " + i % 3).resolve(name));
        GroundingAnswer answer =
            grounder
                .service()
                .ground(
                    new RequestDraft(photo, "phrase", PHRASES, null, null, null, null, null),
                    RequestContext.NONE);
        for (int phrase = 0; phrase < PHRASES.size(); phrase++) {
          sameAnswer(rows.get(name).get(phrase), answer.phrases().get(phrase));
        }
      }
    }
  }

  private static void sameAnswer(JsonNode row, GroundedPhrase expected) {
    assertThat(row.get("phrase").asText()).isEqualTo(expected.text());
    assertThat(row.get("state").asText()).isEqualTo(expected.state().orElseThrow().id());
    assertThat(row.get("score").asDouble()).isEqualTo(expected.score());
    assertThat(row.get("model").asText()).isEqualTo(SmallBundle.NAME);
    assertThat(row.get("boxes")).hasSize(expected.boxes().size());
    for (int i = 0; i < expected.boxes().size(); i++) {
      JsonNode box = row.get("boxes").get(i);
      assertThat(box.get("x1").asDouble()).isEqualTo(expected.boxes().get(i).box().x1());
      assertThat(box.get("y2").asDouble()).isEqualTo(expected.boxes().get(i).box().y2());
      assertThat(box.get("score").asDouble()).isEqualTo(expected.boxes().get(i).score());
    }
  }

  /** Something that becomes true. */
  @FunctionalInterface
  private interface Condition {

    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
