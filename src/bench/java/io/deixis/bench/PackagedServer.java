package io.deixis.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged application as a process of its own, on a free port. */
final class PackagedServer implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("Ready: (http://\\S+)");

  private final Process process;
  private final URI url;

  private PackagedServer(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts the application that lies packaged under {@code root} and waits until it is ready.
   *
   * @throws IOException if it ends before
   */
  static PackagedServer start(Path root) throws IOException {
    Process process =
        new ProcessBuilder(root.resolve("deixis").toString(), "serve", "--port", "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      System.out.println(line);
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return new PackagedServer(process, URI.create(ready.group(1)));
      }
    }
    throw new IOException("The server ended before it was ready.");
  }

  URI url() {
    return url;
  }

  /** Returns what the process holds in memory. */
  ResidentMemory memory() {
    return new ResidentMemory(process.pid());
  }

  /** Returns whether the process still runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
