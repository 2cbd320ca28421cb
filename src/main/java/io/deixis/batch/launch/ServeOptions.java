package io.deixis.batch.launch;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code serve}. They are also read before the runtime starts, see Launch. */
public final class ServeOptions {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Port to listen on (default: quarkus.http.port, which is 8080; 0 = any free).")
  Integer port;

  @Option(
      names = "--worker",
      description = "Serve the API alone, without pages: a worker for fronts elsewhere.")
  boolean worker;

  /** Takes the ports that there are. */
  static final class PortConverter implements ITypeConverter<Integer> {

    private static final int LAST = 65535;

    @Override
    public Integer convert(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port >= 0 && port <= LAST) {
          return port;
        }
      } catch (NumberFormatException notANumber) {
        // refused below
      }
      throw new TypeConversionException(
          "a port is a whole number from 0 to %d, not '%s'".formatted(LAST, text));
    }
  }
}
