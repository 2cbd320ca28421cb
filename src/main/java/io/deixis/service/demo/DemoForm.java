package io.deixis.service.demo;

import io.deixis.answers.AnswerDocument.ImageSize;
import io.deixis.grounding.GroundingOptions;
import io.deixis.language.Span;
import io.deixis.service.MultipartForm;
import io.deixis.service.RequestDraft;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the demo page's form says. A page's script says more than its fields hold: which words of
 * the caption it means, how large the photo was before it was scaled, and that it still has it.
 *
 * @param upload the uploaded photo, if any; it goes before an example
 * @param originalSize of the upright photo before it was scaled for the upload, if it was
 * @param example the chosen example, if any
 * @param caption whether the text is one caption rather than phrases, one a line
 * @param text what to look for
 * @param spans the words of the caption to look for; its noun phrases if there are none
 * @param threshold as written, if any
 * @param embedUpload whether the answer's page has to carry the uploaded photo
 */
public record DemoForm(
    Optional<byte[]> upload,
    Optional<ImageSize> originalSize,
    Optional<ExamplePhoto> example,
    boolean caption,
    String text,
    List<Span> spans,
    Optional<String> threshold,
    boolean embedUpload) {

  /** Boxes for each phrase among which the page's threshold chooses. */
  private static final int CANDIDATES = 10;

  /** The threshold that lets every candidate through. */
  private static final String EVERYTHING = "0";

  private static final Pattern PAIR = Pattern.compile("(\\d{1,6})[-x](\\d{1,6})");

  /** Copies the spans. */
  public DemoForm {
    spans = List.copyOf(spans);
  }

  /** Returns the form that asks an example's caption. */
  static DemoForm of(ExamplePhoto example) {
    return new DemoForm(
        Optional.empty(),
        Optional.empty(),
        Optional.of(example),
        true,
        example.caption(),
        List.of(),
        Optional.empty(),
        true);
  }

  /** Reads a submitted form. */
  static DemoForm read(MultipartForm form) {
    boolean caption = form.text("kind").filter("caption"::equals).isPresent();
    // Forms send line ends as CR LF whatever was typed; spans count them as one character.
    String text = form.text("text").orElse("").replace("\r\n", "\n");
    return new DemoForm(
        form.allBytes("image").stream().filter(bytes -> bytes.length > 0).findFirst(),
        form.text("size").flatMap(DemoForm::size),
        form.text("example").flatMap(ExamplePhoto::of),
        caption,
        text,
        caption ? spans(form.texts("span"), text) : List.of(),
        form.text("threshold").filter(value -> !value.isBlank()),
        form.text("embed").filter("no"::equals).isEmpty());
  }

  /** Returns the photo's bytes, or null if none was chosen. */
  byte[] image() {
    return upload.or(() -> example.map(ExamplePhoto::bytes)).orElse(null);
  }

  /** Returns the request for every candidate, of which the page shows those over its threshold. */
  RequestDraft draft() {
    return new RequestDraft(
        image(),
        "text",
        phrases(),
        caption && spans.isEmpty() ? text.strip() : null,
        EVERYTHING,
        CANDIDATES,
        GroundingOptions.DEFAULTS.nms());
  }

  private List<String> phrases() {
    if (caption) {
      return spans.stream().map(span -> span.of(text)).toList();
    }
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  private static Optional<ImageSize> size(String written) {
    Matcher pair = PAIR.matcher(written);
    return pair.matches() && number(pair, 1) > 0 && number(pair, 2) > 0
        ? Optional.of(new ImageSize(number(pair, 1), number(pair, 2)))
        : Optional.empty();
  }

  /** Spans that are not of this text are passed over, as are those of blanks alone. */
  private static List<Span> spans(List<String> written, String text) {
    return written.stream()
        .map(PAIR::matcher)
        .filter(Matcher::matches)
        .filter(pair -> number(pair, 1) < number(pair, 2) && number(pair, 2) <= text.length())
        .map(pair -> new Span(number(pair, 1), number(pair, 2)))
        .filter(span -> !span.of(text).isBlank())
        .toList();
  }

  private static int number(Matcher pair, int group) {
    return Integer.parseInt(pair.group(group));
  }
}
