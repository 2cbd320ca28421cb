package io.deixis.answers;

import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.PhraseState;
import io.deixis.grounding.Rounded;
import io.deixis.grounding.ScoredBox;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers as a table (RFC 4180): one row for each box, best first. A phrase that was not found has
 * one row without edges, with the score of its best candidate.
 */
@ApplicationScoped
public class CsvWriter implements AnswerWriter {

  private static final String HEADER =
      "file,image_id,width,height,phrase_number,phrase,entity,types,found,score,x1,y1,x2,y2,state\r\n";

  @Override
  public Format format() {
    return Format.of("csv", ".csv", Trait.SEVERAL_PHOTOS, Trait.LINES).offeredAs("text/csv");
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out)
      throws IOException {
    if (!options.continued()) {
      out.write(HEADER.getBytes(StandardCharsets.UTF_8));
    }
    for (AnsweredPhoto photo : photos) {
      out.write(String.join("", rows(photo)).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> rows(AnsweredPhoto photo) {
    List<String> rows = new ArrayList<>();
    List<GroundedPhrase> phrases = photo.answer().phrases();
    for (int i = 0; i < phrases.size(); i++) {
      GroundedPhrase phrase = phrases.get(i);
      for (ScoredBox scored : phrase.boxes()) {
        Box box = scored.box();
        rows.add(
            row(
                photo,
                i + 1,
                phrase,
                Rounded.score(scored.score()),
                Rounded.pixels(box.x1()),
                Rounded.pixels(box.y1()),
                Rounded.pixels(box.x2()),
                Rounded.pixels(box.y2())));
      }
      if (!phrase.found()) {
        rows.add(row(photo, i + 1, phrase, Rounded.score(phrase.score()), "", "", "", ""));
      }
    }
    return rows;
  }

  private static String row(
      AnsweredPhoto photo, int number, GroundedPhrase phrase, Object... scoreAndEdges) {
    Stream<Object> first =
        Stream.of(
            photo.file().orElse(""),
            photo.imageId(),
            photo.answer().width(),
            photo.answer().height(),
            number,
            phrase.text(),
            phrase.entity().orElse(""),
            String.join(" ", phrase.types()),
            phrase.found());
    Stream<Object> state = Stream.of(phrase.state().map(PhraseState::id).orElse(""));
    return Stream.of(first, Stream.of(scoreAndEdges), state)
        .flatMap(values -> values)
        .map(value -> quoted(value.toString()))
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
