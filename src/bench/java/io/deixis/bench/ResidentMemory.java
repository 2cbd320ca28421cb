package io.deixis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The memory of a process that is not on disk, the engine's tensors included, as Linux tells it.
 *
 * @param pid the process
 */
record ResidentMemory(long pid) {

  /** Returns the mebibytes that it holds now. */
  double now() throws IOException {
    return field("VmRSS:");
  }

  /** Returns the most mebibytes that it ever held. */
  double peak() throws IOException {
    return field("VmHWM:");
  }

  private double field(String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
          .findFirst()
          .orElseThrow(() -> new IOException("The process " + pid + " has ended"));
    }
  }
}
