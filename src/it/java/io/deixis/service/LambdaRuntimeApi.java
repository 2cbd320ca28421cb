package io.deixis.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The side of AWS Lambda that a runtime talks to: its runtime API, version 2018-06-01. */
final class LambdaRuntimeApi implements AutoCloseable {

  private static final String INVOCATION = "/2018-06-01/runtime/invocation/";

  private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
  private final HttpServer server;

  /**
   * What came of an event.
   *
   * @param failed whether the function failed
   * @param body what it wrote, or the error
   */
  record Result(boolean failed, byte[] body) {}

  LambdaRuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(INVOCATION, this::serve);
    server.start();
  }

  /** Returns host and port, as {@code AWS_LAMBDA_RUNTIME_API} names them. */
  String address() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** Sends an event and waits for what comes of it. */
  Result invoke(byte[] event) throws InterruptedException {
    events.add(event);
    Result result = results.poll(3, TimeUnit.MINUTES);
    if (result == null) {
      throw new IllegalStateException("The function did not answer.");
    }
    return result;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals(INVOCATION + "next")) {
      next(exchange);
      return;
    }
    results.add(new Result(path.endsWith("/error"), exchange.getRequestBody().readAllBytes()));
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      byte[] event = events.take();
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange
          .getResponseHeaders()
          .add("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
      exchange
          .getResponseHeaders()
          .add("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000));
      exchange
          .getResponseHeaders()
          .add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:::function:ground");
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }
}
