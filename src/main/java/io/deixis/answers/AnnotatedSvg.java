package io.deixis.answers;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;

/** An answer as a picture: its boxes and labels as SVG, in the pixels of the photo. */
@ApplicationScoped
public class AnnotatedSvg {

  /** The name of SVG among media types. */
  public static final String MEDIA_TYPE = "image/svg+xml";

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance annotated(Drawing drawing, String photo, String title);
  }

  /** Returns the boxes of {@code answer} on a transparent ground, to be laid over the photo. */
  public String render(AnswerDocument answer) {
    return render(answer, null);
  }

  /**
   * Returns the boxes of {@code answer} over its photo; the document stands by itself.
   *
   * @param photo the photo's encoded bytes; left out of the drawing if its format is none of {@link
   *     ImageMediaType}
   */
  public String renderOver(byte[] photo, AnswerDocument answer) {
    return render(answer, ImageMediaType.of(photo).map(type -> type.dataUri(photo)).orElse(null));
  }

  private static String render(AnswerDocument answer, String photo) {
    String title =
        String.join(
            "; ", answer.phrases().stream().map(AnswerDocument.PhraseAnswer::text).toList());
    return Templates.annotated(
            Drawing.of(answer, answer.threshold()), photo, XmlText.printable(title))
        .render();
  }
}
