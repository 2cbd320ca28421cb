package io.deixis.answers;

import io.deixis.grounding.AnsweredReading;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

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
  public String name() {
    return "svg";
  }

  @Override
  public Optional<String> mediaType() {
    return Optional.of("image/svg+xml");
  }

  @Override
  public boolean holdsSeveral() {
    return false;
  }

  @Override
  public String fileName(String photo) {
    return photo + ".svg";
  }

  @Override
  public String write(List<AnsweredPhoto> photos, Options options) {
    byte[] photo = photos.get(0).photo();
    GroundingAnswer answer = photos.get(0).answer();
    String embedded = ImageMediaType.of(photo).map(type -> type.dataUri(photo)).orElse(null);
    String title =
        answer
            .reading()
            .map(AnsweredReading::summary)
            .orElseGet(
                () ->
                    String.join(
                        "; ", answer.phrases().stream().map(GroundedPhrase::text).toList()));
    return Templates.annotated(
            Drawing.of(answer, answer.threshold()),
            embedded,
            XmlText.printable(title),
            references(answer))
        .render();
  }

  private static List<Drawing.Rectangle> references(GroundingAnswer answer) {
    return answer.reading().stream()
        .flatMap(reading -> reading.references().stream())
        .flatMap(reference -> reference.boxes().stream())
        .map(box -> Drawing.Rectangle.of(box.box()))
        .toList();
  }
}
