package io.deixis.archive;

import io.deixis.batch.CommandFailure;
import io.deixis.engine.bundle.ModelBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Grounds all photos of an archive into a table.
 *
 * @param source where the photos are
 * @param root the folder beneath which a table's paths must be; null for folders
 * @param words what to look for
 * @param options how to answer
 * @param bundle the model
 * @param loading how the executors load it
 * @param table where the rows go
 * @param resume whether to go on with a table that is there
 * @param photosPerTask photos of a task, and so of a file, at most, where they lie in folders
 */
record GroundingJob(
    PhotoSource source,
    String root,
    Words words,
    AnswerOptions options,
    ModelBundle bundle,
    Function<ModelFiles, ExecutorModel.Key> loading,
    AnswerTable table,
    boolean resume,
    int photosPerTask) {

  /**
   * What came out.
   *
   * @param photos answered
   * @param phrases answered
   * @param failures photos refused
   * @param skipped photos that the table had already
   */
  record Result(long photos, long phrases, long failures, long skipped) {}

  /**
   * Does it.
   *
   * @param terminal told what takes time
   * @throws CommandFailure if there is nothing to do, or the table may not be written to
   */
  Result run(SparkSession spark, PrintWriter terminal) throws IOException {
    table.check(spark, resume);
    PhotoSource.Photos photos = source.open(spark, photosPerTask);
    if (photos.total() == 0) {
      throw CommandFailure.input(
          "There is no photo in %s; name a folder or table that has some.",
          String.join(", ", source.places()));
    }
    try (TableLock alone = table.lock(spark, terminal)) {
      table.check(spark, resume);
      return ground(photos, table.done(spark), spark);
    }
  }

  private Result ground(PhotoSource.Photos photos, DoneKeys done, SparkSession spark)
      throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Counts counts = Counts.of(context.sc());
    GroundPhotos ground =
        new GroundPhotos(
            loading.apply(ModelFiles.add(bundle, context)),
            words,
            options,
            new PhotoReader(
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())),
                root,
                source.holdsBytes()),
            context.broadcast(done),
            counts,
            context.sc().isLocal() ? 0 : context.getConf().getInt("spark.task.maxFailures", 4) - 1);
    try (Progress progress = Progress.of(counts, photos.total(), context.sc())) {
      table.append(photos.rows().mapPartitions(ground, Encoders.row(AnswerRow.SCHEMA)));
    }
    return new Result(
        counts.photos().value() - counts.failures().value(),
        counts.phrases().value(),
        counts.failures().value(),
        counts.skipped().value());
  }
}
