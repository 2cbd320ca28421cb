package io.deixis.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints what it has found: as text, or as one JSON document. */
public final class ResultOutput {

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  /** Returns whether nothing but one JSON document is printed. */
  public boolean json() {
    return json;
  }

  /**
   * Prints a result.
   *
   * @param document what is written as JSON
   * @param text writes the same for people
   */
  public void print(ObjectMapper mapper, Object document, Consumer<PrintWriter> text)
      throws JsonProcessingException {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    } else {
      text.accept(out);
    }
    out.flush();
  }
}
