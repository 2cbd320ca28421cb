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

  /** Pieces of work that run now. */
  private static final AtomicInteger AT_WORK = new AtomicInteger();

  private static final ExecutorService ASIDE =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(() -> asOthers(task), "engine-aside");
            thread.setDaemon(true);
            return thread;
          });

  private IdleProcessors() {}

  /** A thread that has not asked how many threads an operation has would sum in another order. */
  private static void asOthers(Runnable task) {
    TorchEngine.start(0).threads();
    task.run();
  }

  /**
   * Does all of the work, and returns when all of it has ended, however it ends. The first piece
   * runs in the caller's thread.
   *
   * @return what each piece gives, in order
   * @throws RuntimeException the first that a piece ended with
   */
  public static <T> List<T> all(List<Supplier<T>> work) {
    List<CompletableFuture<T>> results = new ArrayList<>();
    List<Runnable> own = new ArrayList<>();
    AT_WORK.incrementAndGet();
    try {
      for (Supplier<T> piece : work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (!results.isEmpty() && claimed()) {
          ASIDE.execute(() -> complete(releasing(piece), result));
        } else {
          own.add(() -> complete(piece, result));
        }
        results.add(result);
      }
      own.forEach(Runnable::run);
    } finally {
      AT_WORK.decrementAndGet();
    }
    try {
      // Whatever happens: nobody may free what another thread still works with.
      CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    return results.stream().map(CompletableFuture::join).toList();
  }

  /** Claims a processor if one is idle. */
  private static boolean claimed() {
    if (AT_WORK.incrementAndGet() <= PROCESSORS) {
      return true;
    }
    AT_WORK.decrementAndGet();
    return false;
  }

  /** Frees the processor before the result is there: who waits for it may want one at once. */
  private static <T> Supplier<T> releasing(Supplier<T> piece) {
    return () -> {
      try {
        return piece.get();
      } finally {
        AT_WORK.decrementAndGet();
      }
    };
  }

  private static <T> void complete(Supplier<T> piece, CompletableFuture<T> result) {
    try {
      result.complete(piece.get());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
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
