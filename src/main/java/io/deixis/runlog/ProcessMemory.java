package io.deixis.runlog;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What this process holds in memory. */
public final class ProcessMemory {

  private static final Path PROCESS_STATUS = Path.of("/proc/self/status");
  private static final long MEGABYTE = 1 << 20;

  private ProcessMemory() {}

  /** Returns the megabytes of Java's heap that are in use. */
  public static long heapMegabytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
  }

  /** Returns the megabytes of the whole process, tensors included; known on Linux alone. */
  public static OptionalLong residentMegabytes() {
    try (Stream<String> lines = Files.lines(PROCESS_STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException elsewhere) {
      return OptionalLong.empty();
    }
  }
}
