package io.deixis.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs pieces of work that need nothing of each other: beside the caller's where a processor is
 * idle, one after the other where none is. What comes out is the same either way. Where all
 * processors have requests of their own, more threads would only make each of them wait.
 */
public final class IdleProcessors {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** A thread that has not asked how many threads an operation has would sum in another order. */
  private static final ThreadLocal<Integer> THREADS =
      ThreadLocal.withInitial(() -> TorchEngine.start(0).threads());

  /** Pieces of work that run now. */
  private static final AtomicInteger AT_WORK = new AtomicInteger();

  private static final ExecutorService ASIDE =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "engine-aside");
            thread.setDaemon(true);
            return thread;
          });

  private IdleProcessors() {}

  /**
   * Does all of the work, and returns when all of it has ended, however it ends. The caller's
   * thread and those of idle processors each take the next piece until none is left.
   *
   * @return what each piece gives, in order
   * @throws RuntimeException the first that a piece ended with
   */
  public static <T> List<T> all(List<Supplier<T>> work) {
    List<CompletableFuture<T>> results =
        work.stream().map(piece -> new CompletableFuture<T>()).toList();
    AtomicInteger next = new AtomicInteger();
    Runnable turns = () -> takeTurns(work, results, next);
    List<CompletableFuture<Void>> aside = new ArrayList<>();
    AT_WORK.incrementAndGet();
    while (aside.size() + 1 < work.size() && claimed()) {
      aside.add(CompletableFuture.runAsync(turns, ASIDE));
    }
    turns.run();
    // Whatever happens: nobody may free what another thread still works with.
    aside.forEach(CompletableFuture::join);
    try {
      return results.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Does one piece after the other, and frees the processor. */
  private static <T> void takeTurns(
      List<Supplier<T>> work, List<CompletableFuture<T>> results, AtomicInteger next) {
    THREADS.get();
    for (int piece = next.getAndIncrement(); piece < work.size(); piece = next.getAndIncrement()) {
      complete(work.get(piece), results.get(piece));
    }
    AT_WORK.decrementAndGet();
  }

  private static <T> void complete(Supplier<T> piece, CompletableFuture<T> result) {
    try {
      result.complete(piece.get());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /**
   * A processor that was idle, or none.
   *
   * @param granted whether there was one; it is the caller's own until this is closed
   */
  public record Claim(boolean granted) implements AutoCloseable {

    @Override
    public void close() {
      if (granted) {
        AT_WORK.decrementAndGet();
      }
    }
  }

  /**
   * Claims a processor beside the caller's, for a piece of work that has two threads of its own.
   */
  public static Claim claim() {
    return new Claim(claimed());
  }

  /** Claims a processor if one is idle. */
  private static boolean claimed() {
    if (AT_WORK.incrementAndGet() <= PROCESSORS) {
      return true;
    }
    AT_WORK.decrementAndGet();
    return false;
  }

  /**
   * Computes arrays as {@link #all} does. What a piece makes on its way is freed at its end; the
   * arrays themselves end with the caller's scope. So no gradient may be asked for: a backward pass
   * would read what is freed.
   */
  public static List<NDArray> arrays(List<Supplier<NDArray>> work) {
    List<NDArray> results = all(work.stream().map(IdleProcessors::scoped).toList());
    results.forEach(NDScope::register);
    return results;
  }

  private static Supplier<NDArray> scoped(Supplier<NDArray> piece) {
    return () -> {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray result = piece.get();
        NDScope.unregister(result);
        return result;
      }
    };
  }
}
