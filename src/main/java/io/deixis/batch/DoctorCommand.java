package io.deixis.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.doctor.Check;
import io.deixis.batch.doctor.DataCheck;
import io.deixis.batch.doctor.DeviceCheck;
import io.deixis.batch.doctor.EngineCheck;
import io.deixis.batch.doctor.Finding;
import io.deixis.batch.doctor.JavaCheck;
import io.deixis.batch.doctor.MemoryCheck;
import io.deixis.batch.doctor.ModelCheck;
import io.deixis.batch.doctor.PortCheck;
import io.deixis.engine.EngineSettings;
import io.deixis.engine.ModelSettings;
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

/** {@code doctor}: looks at everything Deixis needs, and tells for each failure what mends it. */
@Command(
    name = "doctor",
    description =
        "Checks that everything Deixis needs is there, and tells how to mend what is not.")
public class DoctorCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ResultOutput output = new ResultOutput();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port that serve would listen on (default: quarkus.http.port, which is 8080).")
  Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Also check this data folder, as training and evaluation need it.")
  Path data;

  private final EngineSettings engine;
  private final ModelSettings models;
  private final ObjectMapper mapper;
  private final int configuredPort;

  /** Creates the command. */
  public DoctorCommand(
      EngineSettings engine,
      ModelSettings models,
      ObjectMapper mapper,
      @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int configuredPort) {
    this.engine = engine;
    this.models = models;
    this.mapper = mapper;
    this.configuredPort = configuredPort;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    List<Finding> findings = checks().stream().map(Check::run).toList();
    Diagnosis diagnosis = Diagnosis.of(findings);
    output.print(
        mapper,
        diagnosis,
        out -> {
          findings.forEach(finding -> print(finding, out));
          out.println(
              diagnosis.healthy() ? "Deixis is ready to run." : "Deixis cannot run as it is.");
        });
    return (diagnosis.healthy() ? ExitStatus.OK : ExitStatus.UNHEALTHY).code();
  }

  private List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(new JavaCheck(Runtime.version()));
    checks.add(MemoryCheck.ofThisProcess());
    checks.add(new EngineCheck());
    checks.add(new DeviceCheck(engine.device()));
    models
        .active()
        .forEach(name -> checks.add(new ModelCheck(models.directory().resolve(name.strip()))));
    checks.add(new PortCheck(port == null ? configuredPort : port));
    if (data != null) {
      checks.add(new DataCheck(data, List.of("train", "val")));
    }
    return checks;
  }

  private void print(Finding finding, PrintWriter out) {
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    String state =
        switch (finding.state()) {
          case OK -> "@|green ok|@     ";
          case WARNING -> "@|yellow warning|@";
          case FAILED -> "@|red failed|@ ";
        };
    out.printf("%s  %-8s %s%n", ansi.string(state), finding.name(), finding.detail());
    if (finding.fix() != null) {
      out.printf("         %-8s %s%n", "", ansi.string("@|bold -> |@") + finding.fix());
    }
  }

  /**
   * All findings together.
   *
   * @param healthy whether nothing failed
   * @param findings in the order of the checks
   */
  record Diagnosis(boolean healthy, List<Finding> findings) {
    static Diagnosis of(List<Finding> findings) {
      return new Diagnosis(
          findings.stream().noneMatch(finding -> finding.state() == Finding.State.FAILED),
          findings);
    }
  }
}
