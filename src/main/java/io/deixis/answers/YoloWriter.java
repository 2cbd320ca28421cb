package io.deixis.answers;

import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.ScoredBox;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Answers as YOLO labels, a file for each photo: {@code class x y width height}, one line a box,
 * the centre and size as shares of the photo's sides. A phrase's class is its place in the list of
 * names that the user gives, counted from 0; case and a leading article do not matter.
 */
@ApplicationScoped
public class YoloWriter implements AnswerWriter {

  /** A request has no list of classes; trainers find labels by the photo's name. */
  @Override
  public Format format() {
    return Format.of("yolo", ".txt", Trait.NAMED_AS_PHOTO, Trait.NEEDS_CLASSES);
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out)
      throws IOException {
    GroundingAnswer answer = photos.iterator().next().answer();
    StringBuilder lines = new StringBuilder();
    for (GroundedPhrase phrase : answer.phrases()) {
      int number = options.number(phrase.text());
      if (number < 0) {
        throw new GroundingException(
            Reason.OPTION_INVALID,
            "classes",
            "The phrase \"%s\" is not in the list of classes".formatted(phrase.text()),
            "add it to the list, or leave it out");
      }
      phrase.boxes().forEach(box -> lines.append(line(number, box, answer)));
    }
    out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String line(int number, ScoredBox scored, GroundingAnswer answer) {
    Box box = scored.box().scaled(1.0 / answer.width(), 1.0 / answer.height());
    return String.format(
        Locale.ROOT,
        "%d %.6f %.6f %.6f %.6f\n",
        number,
        (box.x1() + box.x2()) / 2,
        (box.y1() + box.y2()) / 2,
        box.width(),
        box.height());
  }
}
