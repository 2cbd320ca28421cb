package io.deixis.batch.launch;

import jakarta.enterprise.context.Dependent;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}: the versions of Deixis and of Java. */
@Dependent
public class ProgramVersion implements IVersionProvider {

  private final String version;

  ProgramVersion(@ConfigProperty(name = "quarkus.application.version") String version) {
    this.version = version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Deixis " + version, "Java " + Runtime.version()};
  }
}
