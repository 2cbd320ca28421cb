package io.deixis.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Writes tables of photos and grounds them, in a process with Spark's class path; what comes out is
 * left as NDJSON for {@link TableIT}. Arguments: a folder, a bundle.
 */
final class TableJobs {

  static final int PHOTOS = 24;

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
    List<String> again = new ArrayList<>(ofBytes);
    again.add("--resume");
    ground(again);
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
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      Dataset<Row> table = spark.read().parquet(place("of-bytes"));
      table.coalesce(1).write().json(place("of-bytes-as-json"));
    }
  }

  private void ground(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--model", bundle));
    ArchiveCommand.main(all.toArray(String[]::new));
  }

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  /** Good photos with one or two phrases; one without phrases, one damaged, one that is missing. */
  private List<Row> bytes() throws Exception {
    Random random = new Random(2);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < PHOTOS; i++) {
      Object[] wanted = i % 2 == 0 ? new String[] {"a dog"} : new String[] {"a dog", "a red car"};
      rows.add(RowFactory.create("photo-%02d".formatted(i), DrawnArchive.photo(random), wanted));
    }
    rows.add(RowFactory.create("wordless", DrawnArchive.photo(random), new String[0]));
    rows.add(RowFactory.create("damaged", new byte[] {1, 2, 3}, new String[] {"a dog"}));
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
    for (int i = 0; i < PHOTOS; i++) {
      String name = "photo %02d.png".formatted(i);
      Files.write(photos.resolve(name), DrawnArchive.photo(random));
      rows.add(RowFactory.create(name, "A man number %d walks a dog.".formatted(i)));
    }
    return rows;
  }
}
