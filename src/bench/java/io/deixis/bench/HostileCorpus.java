package io.deixis.bench;

import io.deixis.engine.image.HostileImage;
import io.deixis.engine.image.HostileImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes the damaged and lying images of the tests into a folder, for {@code src/bench/load}.
 *
 * <p>Arguments: the folder; how many damaged copies of each picture (20).
 */
public final class HostileCorpus {

  private static final long SEED = 20240607;

  /** Just below the default of {@code deixis.limits.image-pixels}. */
  private static final int BOMB_PIXELS = 49_900_000;

  private HostileCorpus() {}

  /** Writes the files. */
  public static void main(String... arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int flips = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    int count = 0;
    for (Iterator<HostileImage> files =
            new HostileImages(SEED, flips, BOMB_PIXELS).stream().iterator();
        files.hasNext(); ) {
      HostileImage file = files.next();
      String name = file.name().replaceAll("[^A-Za-z0-9.-]", "_");
      Files.write(folder.resolve("%05d-%s".formatted(count++, name)), file.bytes());
    }
    System.out.println(count + " files in " + folder);
  }
}
