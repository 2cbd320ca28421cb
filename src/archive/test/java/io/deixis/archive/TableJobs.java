package io.deixis.archive;

import io.deixis.batch.launch.DeixisCommand;
import io.deixis.grounding.GroundingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine;

/**
 * Writes tables of photos and grounds them, in a process with Spark's class path; what comes out is
 * left as NDJSON for {@link TableIT}. Arguments: a folder, a bundle.
 */
final class TableJobs {

  static final int PHOTOS = 24;

  /** One pixel, lossless. */
  private static final String WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

  private static final StructType BYTES =
      new StructType()
          .add("url", DataTypes.StringType)
          .add("jpeg", DataTypes.BinaryType)
          .add("wanted", DataTypes.createArrayType(DataTypes.StringType));

  private static final StructType PATHS =
      new StructType().add("file", DataTypes.StringType).add("alt", DataTypes.StringType);

  private final Path folder;
  private final String bundle;

  private TableJobs(Path folder, String bundle) {
    this.folder = folder;
    this.bundle = bundle;
  }

  public static void main(String... arguments) throws Exception {
    new TableJobs(Path.of(arguments[0]), arguments[1]).run();
  }

  private void run() throws Exception {
    Files.write(folder.resolve("outside.png"), DrawnArchive.photo(new Random(4)));
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      spark.createDataset(bytes(), Encoders.row(BYTES)).coalesce(1).write().parquet(place("bytes"));
      spark.createDataset(paths(), Encoders.row(PATHS)).coalesce(1).write().parquet(place("paths"));
    }
    List<String> ofBytes =
        List.of(
            place("bytes"),
            "--bytes-column",
            "jpeg",
            "--path-column",
            "url",
            "--phrases-column",
            "wanted",
            "--partition-by",
            "model,version",
            "--out",
            place("of-bytes"));
    ground(ofBytes);
    ground(resumed(ofBytes));
    ground(
        List.of(
            place("paths"),
            "--path-column",
            "file",
            "--root",
            place("photos"),
            "--caption-column",
            "alt",
            "--format",
            "ndjson",
            "--photos-per-task",
            "1",
            "--out",
            place("of-paths")));
    ground(
        List.of(
            place("photos"),
            "--phrases",
            "a dog",
            "--timeout",
            "0.001",
            "--format",
            "ndjson",
            "--out",
            place("late")));
    webp();
    oddNames();
    refusals();
    oneJobAtATime();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      Dataset<Row> table = spark.read().parquet(place("of-bytes"));
      table.coalesce(1).write().json(place("of-bytes-as-json"));
      missing(spark);
    }
  }

  /** A format whose reader is in libraries of its own. */
  private void webp() throws IOException {
    Path photo = Files.createDirectories(folder.resolve("webp")).resolve("photo.webp");
    Files.write(photo, Base64.getDecoder().decode(WEBP));
    ground(
        List.of(
            place("webp"), "--phrases", "a dog", "--format", "ndjson", "--out", place("of-webp")));
  }

  /** Photos with names that are patterns, escapes or hidden elsewhere, named twice. */
  private void oddNames() throws IOException {
    Random random = new Random(6);
    Path odd = folder.resolve(DrawnArchive.ODD);
    for (String name : DrawnArchive.ODD_PHOTOS) {
      Path photo = odd.resolve(name);
      Files.createDirectories(photo.getParent());
      Files.write(photo, DrawnArchive.photo(random));
    }
    Files.write(odd.resolve(".hidden.png"), DrawnArchive.photo(random));
    List<String> ofOdd =
        List.of(
            odd.toString(),
            odd.resolve("_folder").toString(),
            "--phrases",
            "a dog",
            "--format",
            "ndjson",
            "--out",
            place("table " + DrawnArchive.ODD));
    ground(ofOdd);
    ground(resumed(ofOdd));
  }

  private void refusals() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    refused("empty", place("empty"), "--phrases", "a dog");
    refused("nowhere", place("nowhere"), "--phrases", "a dog");
    refused(
        "of a wrong type", place("bytes"), "--bytes-column", "url", "--phrases-column", "wanted");
    refused(
        "without the column",
        place("bytes"),
        "--bytes-column",
        "png",
        "--phrases-column",
        "wanted");
    refused("no table", place("photos"), "--bytes-column", "jpeg", "--phrases-column", "wanted");
    tried(
        "beneath a file",
        place("photos"),
        "--phrases",
        "a dog",
        "--out",
        place("outside.png") + "/table");
    tried("elsewhere", place("photos"), "--phrases", "a dog", "--out", "nobodys://bucket/table");
    String master = System.getProperty("spark.master");
    for (String absent : List.of("spark://127.0.0.1:1", "nobodys://master")) {
      System.setProperty("spark.master", absent);
      refused(absent, place("photos"), "--phrases", "a dog");
    }
    System.setProperty("spark.master", master);
  }

  private void refused(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", place("refused")));
    tried(name, all.toArray(String[]::new));
  }

  private void tried(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--model", bundle));
    CommandLine line = DeixisCommand.prepared(new CommandLine(new ArchiveCommand()));
    StringWriter told = new StringWriter();
    line.setErr(new PrintWriter(told, true));
    int code = line.execute(all.toArray(String[]::new));
    System.out.printf("%s: %d %s%n", name, code, told.toString().strip().replace('\n', ' '));
  }

  /** A table that another job writes, and one whose job was killed. */
  private void oneJobAtATime() throws IOException {
    Configuration hadoop = new Configuration();
    org.apache.hadoop.fs.Path table = new org.apache.hadoop.fs.Path(place("taken"));
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    try (TableLock other = TableLock.take(table.getFileSystem(hadoop), table, "other", nobody)) {
      tried("taken", place("photos"), "--phrases", "a dog", "--out", place("taken"));
    }
    Files.writeString(folder.resolve("taken").resolve(TableLock.FILE), "killed");
    ground(List.of(place("photos"), "--phrases", "a dog", "--out", place("taken")));
  }

  /** Whose fault it is that a photo is missing: its own where its folder is there. */
  private void missing(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    for (String root : List.of("photos", "not-mounted")) {
      PhotoReader reader =
          new PhotoReader(
              context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())),
              place(root),
              false);
      Row row =
          new GenericRowWithSchema(
              new Object[] {"years/nowhere.png", null},
              new StructType()
                  .add(PhotoReader.PATH, DataTypes.StringType)
                  .add(PhotoReader.BYTES, DataTypes.BinaryType));
      try {
        reader.read(row, null);
      } catch (GroundingException refused) {
        System.out.printf(
            "missing beneath %s: %s%n", root, refused.getCause() instanceof IOException);
      }
    }
  }

  private void ground(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--model", bundle));
    ArchiveCommand.main(all.toArray(String[]::new));
  }

  private static List<String> resumed(List<String> arguments) {
    List<String> again = new ArrayList<>(arguments);
    again.add("--resume");
    return again;
  }

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  /** Good photos with one or two phrases; two without phrases, one damaged, one that is missing. */
  private List<Row> bytes() throws Exception {
    Random random = new Random(2);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < PHOTOS; i++) {
      Object[] wanted = i % 2 == 0 ? new String[] {"a dog"} : new String[] {"a dog", "a red car"};
      rows.add(RowFactory.create("photo-%02d".formatted(i), DrawnArchive.photo(random), wanted));
    }
    rows.add(RowFactory.create("wordless", DrawnArchive.photo(random), new String[0]));
    rows.add(RowFactory.create("damaged", new byte[] {1, 2, 3}, new String[] {"a dog"}));
    rows.add(RowFactory.create("null", DrawnArchive.photo(random), new String[] {"a dog", null}));
    // A name is never read, though there is a photo.
    rows.add(RowFactory.create(place("outside.png"), null, new String[] {"a dog"}));
    return rows;
  }

  /** The same of files, and three that cannot be read: two lead out of the root. */
  private List<Row> paths() throws Exception {
    Random random = new Random(3);
    Path photos = Files.createDirectories(folder.resolve("photos"));
    List<Row> rows = new ArrayList<>();
    rows.add(RowFactory.create("../outside.png", "a dog"));
    rows.add(RowFactory.create("file:" + folder.resolve("outside.png"), "a dog"));
    rows.add(RowFactory.create("nowhere.png", "a dog"));
    rows.add(RowFactory.create("nowhere.png", "a dog")); // one question, asked twice
    for (int i = 0; i < PHOTOS; i++) {
      String name = "photo %02d.png".formatted(i);
      Files.write(photos.resolve(name), DrawnArchive.photo(random));
      rows.add(RowFactory.create(name, "A man number %d walks a dog.".formatted(i)));
    }
    return rows;
  }
}
