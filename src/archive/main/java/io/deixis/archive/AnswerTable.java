package io.deixis.archive;

import io.deixis.archive.AnswerRow.PhotoKey;
import io.deixis.batch.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The table that the job writes: a folder of any file system that Spark knows. Each task leaves one
 * file, which Spark's commit protocol puts into its place whole, so that all rows of a photo are
 * there or none.
 *
 * @param folder where it is
 * @param format {@code parquet} or {@code ndjson}
 * @param partitions columns with a folder for each value
 */
record AnswerTable(String folder, String format, List<String> partitions) {

  static final String PARQUET = "parquet";
  static final String NDJSON = "ndjson";

  /** Columns that are the same for all rows of a photo and all photos of a job. */
  static final List<String> PARTITION_COLUMNS = List.of("model", "version");

  /**
   * Refuses a folder that holds something, unless a job goes on with it.
   *
   * @throws CommandFailure if it is so, or it is no folder
   */
  void check(SparkSession spark, boolean resume) throws IOException {
    Path path = new Path(folder);
    FileSystem files = files(spark);
    try {
      if (!files.exists(path)) {
        return;
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
    if (!files.getFileStatus(path).isDirectory()) {
      throw CommandFailure.usage("\"%s\" is a file; name a folder for the table.", folder);
    }
    boolean empty =
        Stream.of(files.listStatus(path))
            .allMatch(each -> each.getPath().getName().equals(TableLock.FILE));
    if (!resume && !empty) {
      throw CommandFailure.usage(
          "The folder \"%s\" is not empty; add --resume to go on with its table, or name another"
              + " folder.",
          folder);
    }
  }

  private FileSystem files(SparkSession spark) {
    try {
      return new Path(folder).getFileSystem(spark.sparkContext().hadoopConfiguration());
    } catch (IOException | RuntimeException e) {
      throw CommandFailure.usage(
              "Spark has no file system here for \"%s\"; add its library, such as hadoop-aws for"
                  + " s3a, or name another folder.",
              folder)
          .because(e);
    }
  }

  /**
   * Takes the table for a job alone.
   *
   * @param terminal told if that takes time
   * @throws CommandFailure if another job writes it, or nobody can
   */
  TableLock lock(SparkSession spark, PrintWriter terminal) {
    FileSystem files = files(spark);
    try {
      return TableLock.take(
          files, new Path(folder), spark.sparkContext().applicationId(), terminal);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private CommandFailure unwritable(IOException cause) {
    return CommandFailure.storage(
            "The folder \"%s\" cannot be written to; name one for the table that can.", folder)
        .because(cause);
  }

  /**
   * Returns what the table has, for a job that goes on with it; nothing if there is no table yet.
   *
   * @throws CommandFailure if it is of another format
   */
  DoneKeys done(SparkSession spark) throws IOException {
    Path path = new Path(folder);
    FileSystem files = files(spark);
    if (!holdsAnyRow(files, path)) {
      return DoneKeys.NONE;
    }
    MapFunction<Row, Long> hash =
        row -> DoneKeys.hash(new PhotoKey(row.getString(0), row.getString(1), row.getString(2)));
    Dataset<Row> keys = read(spark).select("path", "content", "request").distinct();
    return new DoneKeys(
        StreamSupport.stream(
                ((Iterable<Long>) keys.map(hash, Encoders.LONG())::toLocalIterator).spliterator(),
                false)
            .mapToLong(Long::longValue)
            .sorted()
            .toArray());
  }

  private boolean holdsAnyRow(FileSystem files, Path path) throws IOException {
    URI table = files.makeQualified(path).toUri();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(path, true);
    boolean any = false;
    while (all.hasNext()) {
      String file = table.relativize(all.next().getPath().toUri()).getPath();
      if (Stream.of(file.split("/"))
          .anyMatch(name -> name.startsWith("_") || name.startsWith("."))) {
        continue; // what a job has in work, or has left as it was killed
      }
      if (!file.contains(suffix())) {
        throw CommandFailure.usage(
            "The folder \"%s\" holds %s, which is not of a table of the format %s; name another"
                + " folder or format.",
            folder, file, format);
      }
      any = true;
    }
    return any;
  }

  private String suffix() {
    return format.equals(NDJSON) ? ".json" : ".parquet";
  }

  private Dataset<Row> read(SparkSession spark) throws IOException {
    var reader = spark.read().schema(AnswerRow.SCHEMA);
    String place = PhotoFiles.pattern(folder, spark.sparkContext().hadoopConfiguration());
    return format.equals(NDJSON) ? reader.json(place) : reader.parquet(place);
  }

  /** Adds rows. */
  void append(Dataset<Row> rows) {
    var writer =
        rows.write()
            .mode(SaveMode.Append)
            .partitionBy(partitions.toArray(String[]::new))
            .option("maxRecordsPerFile", 0);
    if (format.equals(NDJSON)) {
      writer.json(folder);
    } else {
      writer.parquet(folder);
    }
  }
}
