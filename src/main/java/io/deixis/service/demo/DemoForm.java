package io.deixis.service.demo;

import io.deixis.evaluation.report.Printed;
import io.deixis.grounding.GroundingAnswer.ImageSize;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Threshold;
import io.deixis.grounding.TypeThresholds;
import io.deixis.grounding.requests.RequestDraft;
import io.deixis.language.Span;
import io.deixis.service.http.MultipartForm;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the demo page is asked, by its form or by its address. The page's script says more than the
 * fields hold: which words of a sentence it means, how large the photo was before it was scaled,
 * and that it still has the photo.
 *
 * @param upload the uploaded photo, if any; it goes before an example
 * @param originalSize of the upright photo before it was scaled for the upload, if it was
 * @param example the chosen example, if any
 * @param kept whether the address names a photo that a browser keeps
 * @param words what to look for
 * @param model the name of the model that shall answer, if it is not the default one
 * @param threshold as written, if any
 * @param embedUpload whether the answer's page has to carry the uploaded photo
 */
public record DemoForm(
    Optional<byte[]> upload,
    Optional<ImageSize> originalSize,
    Optional<ExamplePhoto> example,
    boolean kept,
    Words words,
    Optional<String> model,
    Optional<String> threshold,
    boolean embedUpload) {

  /** Boxes for each phrase among which the page's threshold chooses. */
  private static final int CANDIDATES = 10;

  /** The threshold that lets every candidate through. */
  private static final String EVERYTHING = "0";

  private static final Pattern PAIR = Pattern.compile("(\\d{1,6})[-x](\\d{1,6})");

  /** Returns the form that asks an example's caption. */
  static DemoForm of(ExamplePhoto example, Optional<String> model) {
    return new DemoForm(
        Optional.empty(),
        Optional.empty(),
        Optional.of(example),
        false,
        Words.read(example.caption(), Optional.empty(), List.of()),
        model,
        Optional.empty(),
        true);
  }

  /** Returns this form with an example in the place of what it names. */
  DemoForm about(ExamplePhoto photo) {
    return new DemoForm(
        upload, originalSize, Optional.of(photo), kept, words, model, threshold, embedUpload);
  }

  /** Returns this form with other words. */
  DemoForm asking(String text) {
    return new DemoForm(
        upload,
        originalSize,
        example,
        kept,
        Words.read(text, Optional.empty(), List.of()),
        model,
        threshold,
        embedUpload);
  }

  /** Reads a submitted form. */
  static DemoForm read(MultipartForm form) {
    return read(
        form::text,
        form.texts("span"),
        form.allBytes("image").stream().filter(bytes -> bytes.length > 0).findFirst());
  }

  /** Reads the query of an address, which holds no photo of its own. */
  static DemoForm read(MultivaluedMap<String, String> query) {
    return read(
        name -> Optional.ofNullable(query.getFirst(name)),
        query.getOrDefault("span", List.of()),
        Optional.empty());
  }

  private static DemoForm read(
      Function<String, Optional<String>> field, List<String> spans, Optional<byte[]> upload) {
    // Forms send line ends as CR LF whatever was typed; spans count them as one character.
    String text = field.apply("q").orElse("").replace("\r\n", "\n").strip();
    return new DemoForm(
        upload,
        field.apply("size").flatMap(DemoForm::size),
        field.apply("example").flatMap(ExamplePhoto::of),
        field.apply("photo").isPresent(),
        Words.read(text, field.apply("as"), spans(spans, text)),
        field.apply("model").filter(value -> !value.isBlank()),
        field
            .apply("threshold")
            .filter(value -> !value.isBlank())
            // Left where the page had put it, for whichever model, it says nothing.
            .filter(value -> field.apply("usual").filter(usual -> same(usual, value)).isEmpty()),
        field.apply("embed").filter("no"::equals).isEmpty());
  }

  /** Browsers write 0.30 as 0.3. */
  private static boolean same(String usual, String value) {
    try {
      return Double.parseDouble(usual) == Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return false; // which is told as it is read
    }
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
        words.phrases(),
        words.caption(),
        words.query(),
        EVERYTHING,
        CANDIDATES,
        null,
        model.orElse(null));
  }

  /**
   * Returns the thresholds of the page: the usual ones, or where the slider was moved that one for
   * all phrases.
   *
   * @param usual a person's own thresholds, or those of the configuration
   * @param model whose names the form may use
   */
  TypeThresholds thresholds(TypeThresholds usual, ModelDescription model) {
    return threshold
        .filter(text -> !same(Printed.level(usual.all()), text))
        .map(text -> Threshold.parse(text).resolve(model.thresholds()))
        .map(everywhere -> new TypeThresholds(everywhere, Map.of(), usual.unsureFrom()))
        .orElse(usual);
  }

  /**
   * Returns the address that asks the same.
   *
   * @param as the reading of the words, or empty to leave it to the page
   */
  URI address(Optional<Words.Reading> as) {
    StringBuilder query = new StringBuilder();
    example.ifPresent(photo -> add(query, "example", photo.id()));
    add(query, "q", words.text());
    as.ifPresent(reading -> add(query, "as", reading.id()));
    if (as.isEmpty()) {
      words.spans().forEach(span -> add(query, "span", span.start() + "-" + span.end()));
    }
    model.ifPresent(value -> add(query, "model", value));
    threshold.ifPresent(value -> add(query, "threshold", value));
    return URI.create("/?" + query);
  }

  private static void add(StringBuilder query, String name, String value) {
    query.append(query.isEmpty() ? "" : "&").append(name).append('=');
    query.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
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
