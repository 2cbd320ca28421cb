package io.deixis.archive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The rows of a partition's photos, in order, made as they are asked for: a bounded number of
 * photos is in memory, however many there are. For the task's thread.
 */
final class PartitionRows implements Iterator<Row> {

  private final Iterator<Row> photos;
  private final Function<Row, List<Row>> answer;
  private final int mostInWork;
  private final Counts counts;
  private final TaskContext task = TaskContext.get();
  private final Deque<CompletableFuture<List<Row>>> inWork = new ArrayDeque<>();
  private final Executor executor;
  private Iterator<Row> rows = List.<Row>of().iterator();

  /**
   * Begins; no photo is read yet.
   *
   * @param answer makes a photo's rows
   * @param mostInWork photos answered at the same time; one is answered by the task's own thread
   * @param counts told of each photo
   */
  PartitionRows(
      Iterator<Row> photos, Function<Row, List<Row>> answer, int mostInWork, Counts counts) {
    this.photos = photos;
    this.answer = answer;
    this.mostInWork = mostInWork;
    this.counts = counts;
    this.executor = mostInWork == 1 ? Runnable::run : pool();
  }

  private ExecutorService pool() {
    ExecutorService pool = Executors.newFixedThreadPool(mostInWork);
    TaskCompletionListener stop = ended -> pool.shutdownNow();
    task.addTaskCompletionListener(stop);
    return pool;
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext()) {
      while (inWork.size() < mostInWork && photos.hasNext()) {
        Row photo = photos.next();
        inWork.add(CompletableFuture.supplyAsync(() -> answer.apply(photo), executor));
      }
      if (inWork.isEmpty()) {
        return false;
      }
      List<Row> answered = await(inWork.remove());
      // What a killed task's interrupt did to a photo is no answer.
      if (task.isInterrupted()) {
        throw new TaskKilledException("killed");
      }
      counts.count(answered);
      rows = answered.iterator();
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  private static List<Row> await(CompletableFuture<List<Row>> answer) {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof Error lack) {
        throw lack;
      }
      throw failed;
    }
  }
}
