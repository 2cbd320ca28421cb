package io.deixis.answers;

import io.deixis.grounding.AnsweredReading;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An answer as a picture: its boxes and labels as SVG over the photo, in the photo's pixels. The
 * document stands by itself. A photo in none of the formats of {@link ImageMediaType} is left out.
 */
@ApplicationScoped
public class SvgWriter implements AnswerWriter {

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance annotated(
        Drawing drawing, String photo, String title, List<Drawing.Rectangle> references);
  }

  @Override
  public Format format() {
    return Format.of("svg", ".svg").offeredAs("image/svg+xml");
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out)
      throws IOException {
    AnsweredPhoto answered = photos.iterator().next();
    byte[] photo = answered.photo();
    GroundingAnswer answer = answered.answer();
    String embedded = ImageMediaType.of(photo).map(type -> type.dataUri(photo)).orElse(null);
    String title =
        answer
            .reading()
            .map(AnsweredReading::summary)
            .orElseGet(
                () ->
                    String.join(
                        "; ", answer.phrases().stream().map(GroundedPhrase::text).toList()));
    String svg =
        Templates.annotated(
                Drawing.of(answer, answer.threshold()),
                embedded,
                XmlText.printable(title),
                Drawing.references(answer))
            .render();
    out.write(svg.getBytes(StandardCharsets.UTF_8));
  }
}
