package io.deixis.archive;

import io.deixis.batch.CommandFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Where the photos are: in folders, or in a table.
 *
 * @param places folders or files of photos, or Parquet tables, of any file system that Spark knows
 * @param columns the table's columns; empty for folders
 */
record PhotoSource(List<String> places, Optional<Columns> columns) {

  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);

  /**
   * Columns of a table.
   *
   * @param path of the photo, or its name where there are bytes; or null
   * @param bytes of the photo, or null
   * @param words what to look for: a text or a list of texts; or null
   */
  record Columns(String path, String bytes, String words) {}

  /** Returns whether the rows hold the photos themselves, not where they are. */
  boolean holdsBytes() {
    return columns.filter(names -> names.bytes() != null).isPresent();
  }

  /**
   * Photos that were found.
   *
   * @param rows of {@link PhotoReader}, divided into the job's tasks
   * @param total how many
   */
  record Photos(Dataset<Row> rows, long total) {}

  /**
   * Finds the photos, each path with its words once. Of folders only the names are read here.
   *
   * @param photosPerTask photos of a task at most; a table that holds them keeps its own division
   * @throws CommandFailure if a place or a column is not there
   */
  Photos open(SparkSession spark, int photosPerTask) throws IOException {
    try {
      return columns.isPresent()
          ? table(spark, columns.get(), photosPerTask)
          : folders(spark, photosPerTask);
    } catch (Exception failure) {
      if (failure instanceof AnalysisException
          || failure instanceof SparkException
          || failure instanceof IOException) {
        throw CommandFailure.input(
                "The photos cannot be found in %s: %s",
                String.join(", ", places), firstLine(failure))
            .because(failure);
      }
      throw failure;
    }
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("^\\[[A-Z_.]+] ", "");
  }

  private Photos folders(SparkSession spark, int photosPerTask) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<String> paths = PhotoFiles.list(places, context.hadoopConfiguration());
    int tasks = tasks(paths.size(), context.defaultParallelism(), photosPerTask);
    Dataset<Row> rows =
        spark
            .createDataset(context.parallelize(paths, tasks).rdd(), Encoders.STRING())
            .select(
                functions.col("value").as(PhotoReader.PATH),
                none(DataTypes.BinaryType).as(PhotoReader.BYTES),
                none(TEXTS).as(PhotoReader.WORDS));
    return new Photos(rows, paths.size());
  }

  private Photos table(SparkSession spark, Columns names, int photosPerTask) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<String> patterns = new ArrayList<>();
    for (String place : places) {
      patterns.add(PhotoFiles.pattern(place, context.hadoopConfiguration()));
    }
    Dataset<Row> table = spark.read().parquet(patterns.toArray(String[]::new));
    Dataset<Row> rows =
        table.select(
            column(table, names.path(), DataTypes.StringType).as(PhotoReader.PATH),
            column(table, names.bytes(), DataTypes.BinaryType).as(PhotoReader.BYTES),
            words(table, names.words()).as(PhotoReader.WORDS));
    int slots = context.defaultParallelism();
    if (!holdsBytes()) {
      Dataset<Row> once = rows.dropDuplicates();
      long total = once.count();
      return new Photos(once.repartition(tasks(total, slots, photosPerTask)), total);
    }
    long total = rows.count();
    // A large table stays divided as it is: its photos would have to be moved.
    boolean large = total == 0 || rows.javaRDD().getNumPartitions() >= slots;
    return new Photos(large ? rows : rows.repartition((int) Math.min(total, 2L * slots)), total);
  }

  private static int tasks(long photos, int slots, int photosPerTask) {
    long parts = Math.max(2L * slots, (photos + photosPerTask - 1) / photosPerTask);
    return (int) Math.max(1, Math.min(photos, parts));
  }

  private static Column words(Dataset<Row> table, String name) {
    if (name != null && typeOf(table, name) instanceof ArrayType) {
      return column(table, name, TEXTS);
    }
    Column text = column(table, name, DataTypes.StringType);
    return functions.when(text.isNull(), none(TEXTS)).otherwise(functions.array(text));
  }

  private static Column column(Dataset<Row> table, String name, DataType type) {
    if (name == null) {
      return none(type);
    }
    DataType found = typeOf(table, name);
    if (!DataType.equalsStructurally(found, type, true)) {
      throw CommandFailure.input(
          "The column \"%s\" is of type %s, not %s; name another.",
          name, found.simpleString(), type.simpleString());
    }
    return table.col("`" + name.replace("`", "``") + "`");
  }

  private static DataType typeOf(Dataset<Row> table, String name) {
    StructType schema = table.schema();
    for (StructField field : schema.fields()) {
      if (field.name().equals(name)) {
        return field.dataType();
      }
    }
    throw CommandFailure.input(
        "The table has no column \"%s\"; name one of %s.",
        name, String.join(", ", schema.fieldNames()));
  }

  private static Column none(DataType type) {
    return functions.lit(null).cast(type);
  }
}
