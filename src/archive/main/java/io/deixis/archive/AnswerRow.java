package io.deixis.archive;

import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.PhraseState;
import io.deixis.grounding.Refusal;
import io.deixis.grounding.ScoredBox;
import io.deixis.language.Span;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The rows of the table: one for each phrase of a photo, or a single one with the error of a photo
 * that has no answer.
 */
final class AnswerRow {

  private static final StructType BOX =
      new StructType()
          .add("x1", DataTypes.DoubleType)
          .add("y1", DataTypes.DoubleType)
          .add("x2", DataTypes.DoubleType)
          .add("y2", DataTypes.DoubleType)
          .add("score", DataTypes.DoubleType);

  /** The table's columns. */
  static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("content", DataTypes.StringType)
          .add("request", DataTypes.StringType)
          .add("width", DataTypes.IntegerType)
          .add("height", DataTypes.IntegerType)
          .add("caption", DataTypes.StringType)
          .add("phrase", DataTypes.StringType)
          .add("span", DataTypes.createArrayType(DataTypes.IntegerType))
          .add("types", DataTypes.createArrayType(DataTypes.StringType))
          .add("state", DataTypes.StringType)
          .add("score", DataTypes.DoubleType)
          .add("threshold", DataTypes.DoubleType)
          .add("boxes", DataTypes.createArrayType(BOX))
          .add("guess", BOX)
          .add("model", DataTypes.StringType)
          .add("version", DataTypes.StringType)
          .add("timings", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType))
          .add("totalMs", DataTypes.DoubleType)
          .add("reason", DataTypes.StringType)
          .add("error", DataTypes.StringType);

  /** The column that tells why a photo has no answer, by its number. */
  static final int ERROR = SCHEMA.fieldIndex("error");

  private AnswerRow() {}

  /**
   * What tells a photo's rows from those of others.
   *
   * @param path the photo's path, or null
   * @param content SHA-256 of its bytes, or null if they could not be read
   * @param request SHA-256 of words, options and model
   */
  record PhotoKey(String path, String content, String request) {}

  /** Returns the rows of an answered photo. */
  static List<Row> of(PhotoKey key, GroundingAnswer answer) {
    return answer.phrases().stream().map(phrase -> row(key, answer, phrase)).toList();
  }

  /** Returns the row of a photo that was refused. */
  static Row of(PhotoKey key, Refusal refusal, ModelFiles model) {
    Object[] row = new Object[SCHEMA.size()];
    row[SCHEMA.fieldIndex("path")] = key.path();
    row[SCHEMA.fieldIndex("content")] = key.content();
    row[SCHEMA.fieldIndex("request")] = key.request();
    row[SCHEMA.fieldIndex("model")] = model.name();
    row[SCHEMA.fieldIndex("version")] = model.version();
    row[SCHEMA.fieldIndex("reason")] =
        refusal.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    row[ERROR] = refusal.sentence();
    return RowFactory.create(row);
  }

  private static Row row(PhotoKey key, GroundingAnswer answer, GroundedPhrase phrase) {
    return RowFactory.create(
        key.path(),
        key.content(),
        key.request(),
        answer.width(),
        answer.height(),
        answer.caption().orElse(null),
        phrase.text(),
        phrase.span().map(AnswerRow::ends).orElse(null),
        sequence(phrase.types()),
        phrase.state().map(PhraseState::id).orElse(null),
        phrase.score(),
        phrase.thresholdOr(answer.threshold()),
        sequence(phrase.boxes().stream().map(AnswerRow::box).toList()),
        phrase.guess().map(AnswerRow::box).orElse(null),
        answer.model().name(),
        answer.model().version(),
        CollectionConverters.asScala(answer.timings().stages()),
        answer.timings().total(),
        null,
        null);
  }

  private static Object ends(Span span) {
    return sequence(List.of(span.start(), span.end()));
  }

  private static Row box(ScoredBox scored) {
    return RowFactory.create(
        scored.box().x1(), scored.box().y1(), scored.box().x2(), scored.box().y2(), scored.score());
  }

  private static Object sequence(List<?> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
