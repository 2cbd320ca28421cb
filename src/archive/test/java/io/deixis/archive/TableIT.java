package io.deixis.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.engine.SmallBundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in and out, late photos, and what the console and Spark's own interface tell. */
class TableIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static String console;

  /** The named metrics of the stage that grounds, as Spark's interface told them last. */
  private static final Map<String, Long> METRICS = new TreeMap<>();

  @BeforeAll
  static void run() throws Exception {
    SparkHome spark = SparkHome.at(folder.resolve("spark"));
    Path bundle = SmallBundle.write(folder.resolve("models"));
    int port = SparkHome.freePort();
    Path log = folder.resolve("jobs.log");
    Process jobs =
        spark.alone(
            List.of(
                SparkHome.SHORT_RUN.get(0),
                "-Dlog4j2.configurationFile=classpath:deixis-archive-log4j2.properties",
                "-Dspark.master=local[2]",
                "-Dspark.sql.shuffle.partitions=2",
                "-Dspark.ui.liveUpdate.period=0",
                "-Dspark.ui.port=" + port),
            "io.deixis.archive.TableJobs",
            log,
            List.of(folder.toString(), bundle.toString()));
    while (jobs.isAlive()) {
      readMetrics(URI.create("http://127.0.0.1:" + port + "/api/v1/applications/"));
      Thread.sleep(20);
    }
    console = SparkHome.finished(jobs, log);
  }

  private static void readMetrics(URI applications) throws InterruptedException {
    try {
      String id = get(applications).path(0).path("id").asText();
      for (JsonNode stage : get(applications.resolve(id + "/stages"))) {
        Map<String, Long> metrics = new TreeMap<>();
        stage
            .path("accumulatorUpdates")
            .forEach(each -> metrics.put(each.get("name").asText(), each.get("value").asLong()));
        if (metrics.keySet().containsAll(List.of("photos", "phrases", "failures"))) {
          METRICS.putAll(metrics);
        }
      }
    } catch (IOException noJobJustNow) {
      // between two jobs nobody listens
    }
  }

  private static JsonNode get(URI place) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(place).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("not there yet");
    }
    return JSON.readTree(answer.body());
  }

  @Test
  void bytesAndListsOfPhrasesOfATable() throws IOException {
    Map<String, List<JsonNode>> rows = WrittenTable.rows(folder.resolve("of-bytes-as-json"));
    assertThat(rows).hasSize(TableJobs.PHOTOS + 4);
    assertThat(phrases(rows, "photo-00")).containsExactly("a dog");
    assertThat(phrases(rows, "photo-01")).containsExactly("a dog", "a red car");
    assertThat(reasons(rows, "wordless")).containsExactly("phrase-missing");
    assertThat(reasons(rows, "null")).containsExactly("phrase-empty");
    assertThat(reasons(rows, "damaged")).containsExactly("image-unsupported");
    assertThat(reasons(rows, "outside.png")).containsExactly("image-missing");
    assertThat(rows.get("photo-00").get(0).get("boxes").isArray()).isTrue();
    assertThat(rows.get("photo-00").get(0).get("timings").get("decode").isNumber()).isTrue();
  }

  @Test
  void aTableIsDividedByItsColumns() {
    assertThat(folder.resolve("of-bytes/model=" + SmallBundle.NAME + "/version=1")).isDirectory();
  }

  @Test
  void whatIsThereIsNotGroundedAgain() {
    assertThat(console)
        .contains("%d photos grounded, 36 phrases".formatted(TableJobs.PHOTOS))
        .contains("4 photos refused, 0 there already")
        .contains("0 photos grounded, 0 phrases answered, 0 photos refused");
    assertThat(console).contains("%d there already".formatted(TableJobs.PHOTOS + 4));
  }

  @Test
  void pathsBeneathARootAndCaptionsOfATable() throws IOException {
    Map<String, List<JsonNode>> rows = WrittenTable.rows(folder.resolve("of-paths"));
    assertThat(rows).hasSize(TableJobs.PHOTOS + 2); // two of the bad ones share their name
    assertThat(phrases(rows, "photo 07.png")).contains("a dog");
    assertThat(rows.get("photo 07.png").get(0).get("caption").asText())
        .isEqualTo("A man number 7 walks a dog.");
    assertThat(rows.get("photo 07.png").get(0).get("span")).hasSize(2);
    assertThat(reasons(rows, "outside.png")).containsExactly("image-missing", "image-missing");
    assertThat(reasons(rows, "nowhere.png")).containsExactly("image-missing");
  }

  @Test
  void thePackageReadsWebp() throws IOException {
    Map<String, List<JsonNode>> rows = WrittenTable.rows(folder.resolve("of-webp"));
    assertThat(phrases(rows, "photo.webp")).containsExactly("a dog");
    assertThat(rows.get("photo.webp").get(0).get("boxes").isArray()).isTrue();
  }

  @Test
  void photosOfAnyNameAreThereOnce() throws IOException {
    Map<String, List<JsonNode>> rows =
        WrittenTable.rows(folder.resolve("table " + DrawnArchive.ODD));
    assertThat(rows.keySet())
        .containsExactlyInAnyOrder(
            DrawnArchive.ODD_PHOTOS.stream()
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .toArray(String[]::new));
    rows.keySet().forEach(name -> assertThat(phrases(rows, name)).containsExactly("a dog"));
    assertThat(console).contains("%d there already".formatted(DrawnArchive.ODD_PHOTOS.size()));
  }

  @Test
  void aJobThatCannotBeginSaysWhy() {
    assertThat(console)
        .contains("empty: 3 There is no photo in ", "nowhere: 3 There is no ")
        .contains("of a wrong type: 3 The column \"url\" is of type string, not binary")
        .contains("without the column: 3 The table has no column \"png\"; name one of url")
        .contains("no table: 3 The photos cannot be found in ")
        .containsPattern("beneath a file: \\d+ The folder \"[^\"]*/table\" cannot be written to")
        .contains("elsewhere: 2 Spark has no file system here for \"nobodys://bucket/table\"")
        .contains(
            "spark://127.0.0.1:1: 4 No Spark master listens at \"spark://127.0.0.1:1\"; start")
        .contains("nobodys://master: 4 Spark cannot start with the master \"nobodys://master\" (")
        .doesNotContain("\tat ");
  }

  @Test
  void aTableIsWrittenByOneJobAtATime() throws IOException {
    assertThat(console).containsPattern("taken: 2 .*Another job writes the table in ");
    assertThat(folder.resolve("taken/_job")).doesNotExist();
    assertThat(folder.resolve("taken/_SUCCESS")).exists();
  }

  @Test
  void aMissingPhotoIsTheExecutorsFaultOnlyWhereItsFolderIsMissingToo() {
    assertThat(console)
        .contains("missing beneath photos: false", "missing beneath not-mounted: true");
  }

  @Test
  void aPhotoThatTakesTooLongIsARow() throws IOException {
    Map<String, List<JsonNode>> rows = WrittenTable.rows(folder.resolve("late"));
    assertThat(rows).hasSize(TableJobs.PHOTOS);
    rows.keySet()
        .forEach(name -> assertThat(reasons(rows, name)).containsExactly("deadline-exceeded"));
  }

  @Test
  void sparkShowsPhotosPhrasesAndFailures() {
    assertThat(METRICS).containsKeys("photos", "phrases", "failures");
    assertThat(METRICS.values()).allMatch(value -> value > 0);
  }

  @Test
  void theConsoleTellsHowFarItIsAndWhatTimeIsLeft() {
    assertThat(console).containsPattern("photos +100% \\[=+] 27/27 \\(\\d:\\d\\d:\\d\\d / \\S+\\)");
  }

  private static List<String> phrases(Map<String, List<JsonNode>> rows, String photo) {
    return rows.get(photo).stream().map(row -> row.path("phrase").asText()).toList();
  }

  private static List<String> reasons(Map<String, List<JsonNode>> rows, String photo) {
    return rows.get(photo).stream().map(row -> row.path("reason").asText()).toList();
  }
}
