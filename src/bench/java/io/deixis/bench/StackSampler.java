package io.deixis.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at stacks every few milliseconds from a thread of its own, so that what is measured needs
 * no timers. Most time of a training passes in native code, which profilers of Java code see as one
 * method that never runs; a stack tells which step has called it.
 */
final class StackSampler implements AutoCloseable {

  private static final long PERIOD_NANOS = 5_000_000;

  private final List<Target> targets = new ArrayList<>();
  private final Thread thread = new Thread(this::sample, "stack-sampler");
  private volatile boolean closed;

  private record Target(String threadName, StackProfile.Counts counts) {}

  StackSampler() {
    thread.setDaemon(true);
  }

  /** Adds what the threads of a name are looked at for, before the sampler starts. */
  StackSampler with(String threadName, StackProfile profile) {
    targets.add(new Target(threadName, new StackProfile.Counts(profile)));
    return this;
  }

  void start() {
    thread.start();
  }

  private void sample() {
    while (!closed) {
      Thread[] threads = new Thread[Thread.activeCount() + 16];
      int count = Thread.enumerate(threads);
      for (int i = 0; i < count; i++) {
        String name = threads[i].getName();
        List<Target> ofThread =
            targets.stream().filter(target -> target.threadName.equals(name)).toList();
        if (!ofThread.isEmpty()) {
          StackTraceElement[] stack = threads[i].getStackTrace();
          ofThread.forEach(target -> target.counts.add(stack));
        }
      }
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }

  /** Prints a table for each thread and job that was seen at work. */
  void print() {
    targets.forEach(target -> target.counts.print());
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
