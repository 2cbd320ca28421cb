package io.deixis.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a number of clients saw who each asked again as soon as they had an answer.
 *
 * @param perSecond answers a second, of all clients together
 * @param sorted latencies in milliseconds, ascending
 */
record Load(double perSecond, double[] sorted) {

  /** Something that answers; an exception ends the measurement. */
  interface Peer {
    /** Answers request {@code number} of all. */
    void ask(int number) throws Exception;
  }

  /** Lets {@code clients} ask for {@code requests} answers, numbered from {@code first}. */
  static Load of(Peer peer, int clients, int first, int requests) throws Exception {
    double[] latencies = new double[requests];
    AtomicInteger next = new AtomicInteger();
    Exception[] failure = new Exception[1];
    Thread[] threads = new Thread[clients];
    long start = System.nanoTime();
    for (int c = 0; c < clients; c++) {
      threads[c] =
          new Thread(
              () -> {
                try {
                  for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
                    long asked = System.nanoTime();
                    peer.ask(first + i);
                    latencies[i] = (System.nanoTime() - asked) / 1e6;
                  }
                } catch (Exception e) {
                  failure[0] = e;
                }
              });
      threads[c].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (failure[0] != null) {
      throw failure[0];
    }
    Arrays.sort(latencies);
    return new Load(requests / seconds, latencies);
  }

  /** Returns what several rounds came to: all their latencies, and their median throughput. */
  static Load of(List<Load> rounds) {
    double[] throughputs = rounds.stream().mapToDouble(Load::perSecond).sorted().toArray();
    return new Load(
        throughputs[throughputs.length / 2],
        rounds.stream().flatMapToDouble(round -> Arrays.stream(round.sorted())).sorted().toArray());
  }

  /** Returns the nearest-rank percentile of the latencies. */
  double percentile(int percent) {
    return sorted[(int) Math.ceil(percent / 100.0 * sorted.length) - 1];
  }
}
