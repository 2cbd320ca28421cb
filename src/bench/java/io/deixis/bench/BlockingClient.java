package io.deixis.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/**
 * Asks {@code POST /v1/ground} on the caller's own thread, over kept connections, and reads the
 * answer without looking into it. Server and client share the cores of a machine, and what {@code
 * java.net.http} does on threads of its own takes several times as much of them.
 */
final class BlockingClient {

  private final URI endpoint;

  BlockingClient(URI server) {
    // Connections of all clients are kept, and none is asked twice.
    System.setProperty("http.maxConnections", "64");
    System.setProperty("sun.net.http.retryPost", "false");
    this.endpoint = server.resolve("/v1/ground");
  }

  /**
   * Grounds one phrase.
   *
   * @throws IOException if the answer is not 200
   */
  void ground(byte[] jpeg, String phrase) throws IOException {
    byte[] form = GroundForm.of(jpeg, List.of(phrase));
    HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(form.length);
    connection.setRequestProperty("Content-Type", GroundForm.CONTENT_TYPE);
    connection.setRequestProperty("Accept", "application/json");
    try (OutputStream body = connection.getOutputStream()) {
      body.write(form);
    }
    if (connection.getResponseCode() != 200) {
      throw new IOException(endpoint + " answered " + connection.getResponseCode());
    }
    try (InputStream body = connection.getInputStream()) {
      body.readAllBytes();
    }
  }
}
