package io.deixis.batch.ground;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The frames of several videos, one video after the other. */
final class Videos implements Iterator<Photo>, AutoCloseable {

  private final Iterator<Path> videos;
  private final double perSecond;
  private VideoFrames frames;

  /**
   * Takes videos; the first is opened when it is asked for.
   *
   * @param perSecond how many frames of each second
   */
  Videos(List<Path> videos, double perSecond) {
    this.videos = videos.iterator();
    this.perSecond = perSecond;
  }

  @Override
  public boolean hasNext() {
    while ((frames == null || !frames.hasNext()) && videos.hasNext()) {
      close();
      frames = new VideoFrames(videos.next(), perSecond, "ffmpeg");
    }
    return frames != null && frames.hasNext();
  }

  @Override
  public Photo next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return frames.next();
  }

  @Override
  public void close() {
    if (frames != null) {
      frames.close();
    }
  }
}
