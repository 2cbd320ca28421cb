package io.deixis.batch;

import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Help;

/** Where the answers of {@code ground} go, image after image. */
interface GroundOutput {

  /** Takes an image's answer. */
  void answered(Path image, GroundingAnswer answer);

  /** Takes that an image was refused. */
  void refused(Path image, GroundingException why);

  /** Ends the output, after the last image. */
  void finish();

  /** Tables for people, each as soon as it is there. */
  record Tables(PrintWriter out, PrintWriter err, Help.ColorScheme colours)
      implements GroundOutput {

    @Override
    public void answered(Path image, GroundingAnswer answer) {
      out.printf("%s (%d x %d)%n", image, answer.width(), answer.height());
      answer.caption().ifPresent(text -> out.printf("\"%s\"%n", text));
      out.print(new AnswerTable(colours).of(answer));
      out.printf(
          "threshold %.2f, model %s %s, %.0f ms%n",
          answer.threshold(),
          answer.model().name(),
          answer.model().version(),
          answer.timings().total());
      out.flush();
    }

    @Override
    public void refused(Path image, GroundingException why) {
      err.printf("%s: %s%n", image, why.getMessage());
    }

    @Override
    public void finish() {
      out.flush();
    }
  }
}
