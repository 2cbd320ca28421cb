package io.deixis.batch.doctor;

import java.lang.management.ManagementFactory;

/** Whether the machine and the heap are large enough to hold the model and a few photos. */
public final class MemoryCheck implements Check {

  private static final String NAME = "Memory";
  private static final long MIB = 1 << 20;
  private static final long LEAST_HEAP = 256 * MIB;
  private static final long LEAST_MACHINE = 2048 * MIB;

  private final long heap;
  private final long machine;

  /**
   * Creates the check.
   *
   * @param heap bytes the heap may grow to
   * @param machine bytes of memory of the machine or its container
   */
  public MemoryCheck(long heap, long machine) {
    this.heap = heap;
    this.machine = machine;
  }

  /** Returns the check of this process and the machine or container it runs in. */
  public static MemoryCheck ofThisProcess() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new MemoryCheck(Runtime.getRuntime().maxMemory(), system.getTotalMemorySize());
  }

  @Override
  public Finding run() {
    String detail =
        "heap up to %,d MiB of the machine's %,d MiB".formatted(heap / MIB, machine / MIB);
    if (heap < LEAST_HEAP) {
      return Finding.failed(
          NAME, detail, "Give the heap %,d MiB or more with -Xmx.".formatted(LEAST_HEAP / MIB));
    }
    if (machine < LEAST_MACHINE) {
      return Finding.warning(
          NAME, detail, "Run on a machine with %,d MiB or more.".formatted(LEAST_MACHINE / MIB));
    }
    return Finding.ok(NAME, detail);
  }
}
