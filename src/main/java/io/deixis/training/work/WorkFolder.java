package io.deixis.training.work;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/**
 * A work folder that a training has for itself. The process locks its {@value #LOCK}, which is
 * unlocked when the process ends in any way.
 */
public final class WorkFolder implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(WorkFolder.class);
  private static final String LOCK = "train.lock";

  private final FileChannel channel;

  private WorkFolder(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a folder, which is made if it is missing.
   *
   * @param shared whether others may share it, as machines do that extract features side by side
   * @throws TrainingException if another training is in it
   * @throws IOException if the lock's file cannot be written
   */
  public static WorkFolder take(Path folder, boolean shared) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException ofThisProcess) {
      // Refused below, as a lock of another process is.
    } catch (IOException unsupported) {
      LOG.warnf(
          "%s cannot be locked (%s): see that no other training works in it.",
          folder, unsupported.getMessage());
      return new WorkFolder(channel);
    }
    if (lock == null) {
      channel.close();
      throw new TrainingException(
          TrainingException.Reason.IN_USE,
          "Another training works in %s; wait until it has ended, or name another folder with --work."
              .formatted(folder),
          null);
    }
    return new WorkFolder(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
