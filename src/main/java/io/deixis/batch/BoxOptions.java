package io.deixis.batch;

import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.requests.RequestDraft;
import java.util.List;
import picocli.CommandLine.Option;

/** Which boxes a command that grounds photos asks for. */
public final class BoxOptions {

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description =
          "Score from which a box counts as found: best, default or a number (default: as"
              + " deixis.thresholds.* says).")
  String threshold;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Most boxes for each phrase (default: ${DEFAULT-VALUE}).")
  int top;

  @Option(
      names = "--nms",
      paramLabel = "IOU",
      description =
          "Overlap from 0 to 1 above which the worse of two boxes is dropped (default: the model's,"
              + " 0.5 for those trained here).")
  Double nms;

  /** Creates the options of requests without any. */
  public BoxOptions() {
    this(GroundingOptions.DEFAULTS.top());
  }

  /**
   * Creates the options.
   *
   * @param top most boxes for each phrase where the option is not given
   */
  public BoxOptions(int top) {
    this.top = top;
  }

  /**
   * Returns what is asked of a photo.
   *
   * @param caption in place of phrases, or null
   * @param query in place of phrases, or null
   * @param model the bundle that answers; null for the first
   */
  public RequestDraft draft(
      byte[] photo, List<String> phrases, String caption, String query, String model) {
    return new RequestDraft(photo, "phrase", phrases, caption, query, threshold, top, nms, model);
  }

  /** Returns the threshold as it was written, or null. */
  public String threshold() {
    return threshold;
  }

  /** Returns how many boxes there may be for each phrase. */
  public int top() {
    return top;
  }

  /** Returns the overlap above which a box is dropped, or null for the model's own. */
  public Double nms() {
    return nms;
  }
}
