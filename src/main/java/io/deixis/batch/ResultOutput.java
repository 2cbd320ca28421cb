package io.deixis.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints what it has found: as text, or as one JSON document. */
public final class ResultOutput {

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

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
  public void print(Object document, Consumer<PrintWriter> text) {
    if (json) {
      PrintWriter out = command.commandLine().getOut();
      out.println(document(document));
      out.flush();
    } else {
      Terminal out = Terminal.out(command);
      text.accept(out);
      out.flush();
    }
  }

  private static String document(Object document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
