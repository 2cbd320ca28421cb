package io.deixis.service;

import io.deixis.grounding.GroundingOptions;
import java.util.List;
import java.util.Optional;

/**
 * What the demo page's form says.
 *
 * @param upload the uploaded photo, if any; it goes before an example
 * @param example the chosen example, if any
 * @param caption whether the text is one caption rather than phrases, one a line
 * @param text what to look for
 * @param threshold as written, if any
 * @param embedUpload whether the answer's page has to carry the uploaded photo; a script that still
 *     has it says no
 */
public record DemoForm(
    Optional<byte[]> upload,
    Optional<ExamplePhoto> example,
    boolean caption,
    String text,
    Optional<String> threshold,
    boolean embedUpload) {

  /** Boxes for each phrase among which the page's threshold chooses. */
  private static final int CANDIDATES = 10;

  /** The threshold that lets every candidate through. */
  private static final String EVERYTHING = "0";

  /** Returns the form as it is first shown: an example and phrases for it. */
  static DemoForm initial() {
    ExamplePhoto first = ExamplePhoto.values()[0];
    return new DemoForm(
        Optional.empty(), Optional.of(first), false, first.phrases(), Optional.empty(), true);
  }

  /** Reads a submitted form. */
  static DemoForm read(MultipartForm form) {
    return new DemoForm(
        form.bytes("image").filter(bytes -> bytes.length > 0),
        form.text("example").flatMap(ExamplePhoto::of),
        form.text("kind").filter("caption"::equals).isPresent(),
        form.text("text").orElse(""),
        form.text("threshold").filter(value -> !value.isBlank()),
        form.text("embed").filter("no"::equals).isEmpty());
  }

  /** Returns the photo's bytes, or null if none was chosen. */
  byte[] image() {
    return upload.or(() -> example.map(ExamplePhoto::bytes)).orElse(null);
  }

  /** Returns the request for every candidate, of which the page shows those over its threshold. */
  RequestDraft draft() {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return new RequestDraft(
        image(),
        "text",
        caption ? List.of() : lines,
        caption ? text.strip() : null,
        EVERYTHING,
        CANDIDATES,
        GroundingOptions.DEFAULTS.nms());
  }
}
