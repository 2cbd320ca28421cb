package io.deixis.batch.launch;

import io.deixis.batch.WholeNumber;
import picocli.CommandLine.Option;

/** The options of {@code serve}. They are also read before the runtime starts, see Launch. */
public final class ServeOptions {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = WholeNumber.Port.class,
      description = "Port to listen on (default: quarkus.http.port, which is 8080; 0 = any free).")
  Integer port;

  @Option(
      names = "--worker",
      description = "Serve the API alone, without pages: a worker for fronts elsewhere.")
  boolean worker;
}
