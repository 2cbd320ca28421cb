package io.deixis.service.worker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A worker that does as it is told, on a port of its own, down to the socket: it can be slow, full,
 * gone, or die at any point of a request. It keeps nothing of a body but its length.
 */
final class ScriptedWorker implements AutoCloseable {

  static final String ANSWER =
      """
      {"image": {"width": 4, "height": 3}, "threshold": 0.5,
       "phrases": [{"text": "a cat", "types": [], "found": true, "score": 0.9,
                    "boxes": [{"box": [0, 0, 2, 2], "score": 0.9}]}],
       "model": {"name": "scripted", "version": "1"},
       "timings": {"stages": {"decode": 1.0}, "totalMs": 2.0, "imageCached": false}}
      """;

  /** What to do with a request. */
  interface Script {
    void play(Exchange exchange) throws IOException, InterruptedException;
  }

  /** Answers every request well. */
  static final Script WELL =
      exchange -> {
        exchange.acceptBody();
        exchange.answer(200, "application/json", ANSWER);
      };

  /** Ends the connection before it takes the body. */
  static final Script GONE = exchange -> {};

  /** Takes the body and ends the connection. */
  static final Script KILLED_AT_WORK = Exchange::acceptBody;

  /** Takes the body and never answers. */
  static final Script SILENT =
      exchange -> {
        exchange.acceptBody();
        exchange.worker.closed.await(1, TimeUnit.MINUTES);
      };

  private final List<Map<String, String>> heads = new CopyOnWriteArrayList<>();
  private final List<Integer> bodies = new CopyOnWriteArrayList<>();
  private final List<Integer> connections = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ServerSocket server;
  private final Thread acceptor;
  private volatile Script script;

  ScriptedWorker(Script script) throws IOException {
    this(script, 0);
  }

  ScriptedWorker(Script script, int port) throws IOException {
    this.script = script;
    server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    acceptor = new Thread(this::accept, "scripted-worker");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** Refuses with a problem before it takes the body. */
  static Script refusing(int status, String problem, String... header) {
    return exchange -> exchange.answer(status, "application/problem+json", problem, header);
  }

  void plays(Script other) {
    script = other;
  }

  URI url() {
    return URI.create("http://localhost:" + server.getLocalPort());
  }

  int port() {
    return server.getLocalPort();
  }

  /** The heads of the requests that came, names in lower case. */
  List<Map<String, String>> heads() {
    return heads;
  }

  /** The lengths of the bodies that came whole. */
  List<Integer> bodies() {
    return bodies;
  }

  /** How many connections were made. */
  int connections() {
    return connections.size();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    // A connection may come in while the server closes; none may be left that still answers.
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        connections.add(socket.getPort());
        Thread thread = new Thread(() -> serve(socket), "scripted-worker-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException over) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Map<String, String> head = head(in);
        if (head == null) {
          return;
        }
        heads.add(head);
        Exchange exchange = new Exchange(this, head, in, socket.getOutputStream());
        script.play(exchange);
        if (!exchange.answered || !exchange.bodyTaken) {
          return;
        }
      }
    } catch (IOException | InterruptedException over) {
      // the other side has gone, or this worker was closed
    }
  }

  private static Map<String, String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c != '\n') {
        line.append((char) c);
        continue;
      }
      String text = line.toString().strip();
      line.setLength(0);
      if (text.isEmpty()) {
        Map<String, String> head = new TreeMap<>();
        for (String field : lines.subList(1, lines.size())) {
          int colon = field.indexOf(':');
          head.put(
              field.substring(0, colon).toLowerCase(Locale.ROOT),
              field.substring(colon + 1).strip());
        }
        return head;
      }
      lines.add(text);
    }
    return null;
  }

  /** One request being played. */
  static final class Exchange {

    private static final int BUFFER = 64 * 1024;

    private final ScriptedWorker worker;
    private final Map<String, String> head;
    private final InputStream in;
    private final OutputStream out;
    private boolean bodyTaken;
    private boolean answered;

    private Exchange(
        ScriptedWorker worker, Map<String, String> head, InputStream in, OutputStream out) {
      this.worker = worker;
      this.head = head;
      this.in = in;
      this.out = out;
      this.bodyTaken = !head.containsKey("content-length");
    }

    void acceptBody() throws IOException {
      if (bodyTaken) {
        return;
      }
      if ("100-continue".equals(head.get("expect"))) {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      awaitBody();
    }

    /** Takes the body without giving leave to send it. */
    void awaitBody() throws IOException {
      int length = Integer.parseInt(head.get("content-length"));
      byte[] buffer = new byte[BUFFER];
      for (int left = length; left > 0; ) {
        int read = in.read(buffer, 0, Math.min(left, BUFFER));
        if (read < 0) {
          throw new IOException("The body ended early.");
        }
        left -= read;
      }
      bodyTaken = true;
      worker.bodies.add(length);
    }

    void answer(int status, String type, String body, String... headers) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      StringBuilder text = new StringBuilder("HTTP/1.1 %d Status\r\n".formatted(status));
      text.append("Content-Type: %s\r\n".formatted(type));
      text.append("Content-Length: %d\r\n".formatted(bytes.length));
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      out.write(text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.flush();
      answered = true;
    }
  }
}
