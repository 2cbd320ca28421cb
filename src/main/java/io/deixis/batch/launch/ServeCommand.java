package io.deixis.batch.launch;

import io.deixis.batch.Terminal;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.ModelDescription;
import io.quarkus.runtime.Quarkus;
import io.quarkus.vertx.http.HttpServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code serve}: the demo and the API, until the process is asked to stop. */
@Command(
    name = Launch.SERVE,
    description = "Serves the demo page and the API on this machine; what a bare start does, too.")
public class ServeCommand implements Runnable {

  @Spec CommandSpec spec;
  @Mixin ServeOptions options;

  private final Grounder grounder;
  private final HttpServer server;

  /** Creates the command. */
  public ServeCommand(Grounder grounder, HttpServer server) {
    this.grounder = grounder;
    this.server = server;
  }

  @Override
  public void run() {
    grounder.checkReady();
    ModelDescription model = grounder.model();
    Terminal.out(spec)
        .printf(
            "Ready: http://localhost:%d (model %s %s; stop with Ctrl+C)%n",
            server.getPort(), model.name(), model.version());
    Terminal.out(spec).flush();
    Quarkus.waitForExit();
  }
}
