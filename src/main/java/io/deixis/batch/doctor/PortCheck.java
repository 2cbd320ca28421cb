package io.deixis.batch.doctor;

import java.io.IOException;
import java.net.ServerSocket;

/** Whether the port that {@code serve} would listen on is free. */
public final class PortCheck implements Check {

  private static final String NAME = "Port";

  private final int port;

  /**
   * Creates the check.
   *
   * @param port the port that {@code serve} would listen on
   */
  public PortCheck(int port) {
    this.port = port;
  }

  @Override
  public Finding run() {
    try (ServerSocket socket = new ServerSocket(port)) {
      return Finding.ok(NAME, socket.getLocalPort() + " is free");
    } catch (IOException | IllegalArgumentException taken) {
      return Finding.failed(
          NAME,
          port + " cannot be opened: " + taken.getMessage(),
          "Stop the program that listens there, or serve on another port with --port N.");
    }
  }
}
