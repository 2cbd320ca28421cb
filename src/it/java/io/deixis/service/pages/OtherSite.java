package io.deixis.service.pages;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Another site: an empty page, under two names of this machine that are two origins to a browser.
 */
final class OtherSite implements AutoCloseable {

  private final HttpServer server;

  OtherSite() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  /** Returns the address that the server allows. */
  String allowed() {
    return "http://allowed.localhost:" + server.getAddress().getPort();
  }

  /** Returns the address that it does not. */
  String other() {
    return "http://other.localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
