package io.deixis.archive;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
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

  private static final String PHOTOS =
      "*.{[jJ][pP][gG],[jJ][pP][eE][gG],[pP][nN][gG],[wW][eE][bB][pP],[gG][iI][fF],[bB][mM][pP],"
          + "[tT][iI][fF],[tT][iI][fF][fF]}";

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
   * Returns the photos as rows of {@link PhotoReader}. Of folders only the names are read here.
   *
   * @throws CommandFailure if a place or a column is not there
   */
  Dataset<Row> open(SparkSession spark) {
    try {
      return columns.map(names -> table(spark, names)).orElseGet(() -> folders(spark));
    } catch (Exception failure) {
      if (failure instanceof AnalysisException) {
        throw new CommandFailure(
            ExitStatus.INPUT,
            "The photos cannot be found in %s: %s"
                .formatted(String.join(", ", places), firstLine(failure)),
            failure);
      }
      throw failure;
    }
  }

  private static String firstLine(Exception failure) {
    return failure.getMessage().lines().findFirst().orElse("").replaceAll("^\\[[A-Z_.]+] ", "");
  }

  private Dataset<Row> folders(SparkSession spark) {
    return spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", true)
        .option("pathGlobFilter", PHOTOS)
        .load(places.toArray(String[]::new))
        .select(
            functions.col("path").as(PhotoReader.PATH),
            none(DataTypes.BinaryType).as(PhotoReader.BYTES),
            none(TEXTS).as(PhotoReader.WORDS));
  }

  private Dataset<Row> table(SparkSession spark, Columns names) {
    Dataset<Row> table = spark.read().parquet(places.toArray(String[]::new));
    return table.select(
        column(table, names.path(), DataTypes.StringType).as(PhotoReader.PATH),
        column(table, names.bytes(), DataTypes.BinaryType).as(PhotoReader.BYTES),
        words(table, names.words()).as(PhotoReader.WORDS));
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
      throw new CommandFailure(
          ExitStatus.INPUT,
          "The column \"%s\" is of type %s, not %s; name another."
              .formatted(name, found.simpleString(), type.simpleString()));
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
    throw new CommandFailure(
        ExitStatus.INPUT,
        "The table has no column \"%s\"; name one of %s."
            .formatted(name, String.join(", ", schema.fieldNames())));
  }

  private static Column none(DataType type) {
    return functions.lit(null).cast(type);
  }
}
