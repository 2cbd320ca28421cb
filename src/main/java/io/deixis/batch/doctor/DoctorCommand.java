package io.deixis.batch.doctor;

import io.deixis.batch.ExitStatus;
import io.deixis.batch.ResultOutput;
import io.deixis.batch.WholeNumber;
import io.deixis.engine.EngineSettings;
import io.deixis.engine.ModelSettings;
import io.deixis.files.PrintableText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: checks everything that Deixis needs, and says how to fix what fails. */
@Command(
    name = "doctor",
    description = "Checks that everything Deixis needs is there, and tells how to fix what is not.")
public class DoctorCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ResultOutput output = new ResultOutput();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = WholeNumber.Port.class,
      description = "Port that serve would listen on (default: quarkus.http.port, which is 8080).")
  Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Also check this data folder, as training and evaluation need it.")
  Path data;

  private final EngineSettings engine;
  private final ModelSettings models;
  private final int configuredPort;

  /** Creates the command. */
  public DoctorCommand(
      EngineSettings engine,
      ModelSettings models,
      @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int configuredPort) {
    this.engine = engine;
    this.models = models;
    this.configuredPort = configuredPort;
  }

  @Override
  public Integer call() {
    List<Finding> findings = findings();
    boolean healthy =
        findings.stream().noneMatch(finding -> finding.state() == Finding.State.FAILED);
    output.print(
        new Diagnosis(healthy, findings),
        out -> {
          findings.forEach(this::print);
          out.println(healthy ? "Deixis is ready to run." : "Deixis cannot run as it is.");
        });
    return (healthy ? ExitStatus.OK : ExitStatus.UNHEALTHY).code();
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Checks.java(Runtime.version()));
    findings.add(Checks.memory());
    findings.add(Checks.engine());
    findings.add(Checks.device(engine.device()));
    models
        .active()
        .forEach(name -> findings.add(Checks.model(models.directory().resolve(name.strip()))));
    findings.add(Checks.port(port == null ? configuredPort : port));
    if (data != null) {
      findings.add(Checks.data(data));
    }
    return findings;
  }

  /** Prints past the {@link Terminal}, which would take the colours away. */
  private void print(Finding finding) {
    PrintWriter out = spec.commandLine().getOut();
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    String state =
        switch (finding.state()) {
          case OK -> "@|green ok|@     ";
          case WARNING -> "@|yellow warning|@";
          case FAILED -> "@|red failed|@ ";
        };
    out.printf(
        "%s  %-8s %s%n", ansi.string(state), finding.name(), PrintableText.line(finding.detail()));
    if (finding.fix() != null) {
      out.printf(
          "         %-8s %s%n",
          "", ansi.string("@|bold -> |@") + PrintableText.line(finding.fix()));
    }
  }

  /**
   * All findings together.
   *
   * @param healthy whether nothing failed
   * @param findings in the order of the checks
   */
  record Diagnosis(boolean healthy, List<Finding> findings) {}
}
