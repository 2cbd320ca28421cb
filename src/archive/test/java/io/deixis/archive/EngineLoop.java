package io.deixis.archive;

import io.deixis.engine.EmbeddedGrounder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Grounds the photos of a folder one after the other on one thread, with the engine and nothing
 * else, and prints how many it did a second and what processor time one took. Arguments: bundle,
 * folder, photos of the warm-up.
 */
final class EngineLoop {

  private EngineLoop() {}

  public static void main(String... arguments) throws IOException {
    List<Path> photos;
    try (Stream<Path> all = Files.walk(Path.of(arguments[1]))) {
      photos = all.filter(Files::isRegularFile).sorted().toList();
    }
    int warmUp = Integer.parseInt(arguments[2]);
    Map<String, String> settings =
        Map.of(
            "deixis.engine.device", "cpu",
            "deixis.engine.threads", "1",
            "deixis.engine.concurrency", "1",
            "deixis.engine.image-cache-bytes", "0");
    try (EmbeddedGrounder grounder = EmbeddedGrounder.open(Path.of(arguments[0]), settings)) {
      for (Path photo : photos.subList(0, warmUp)) {
        ground(grounder, photo);
      }
      long began = System.nanoTime();
      long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      List<Path> counted = photos.subList(warmUp, photos.size());
      for (Path photo : counted) {
        ground(grounder, photo);
      }
      System.out.printf(
          Locale.ROOT,
          "rate %.4f processor %.4f%n",
          counted.size() / ((System.nanoTime() - began) / 1e9),
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor)
              / 1e6
              / counted.size());
    }
  }

  private static void ground(EmbeddedGrounder grounder, Path photo) throws IOException {
    grounder.ground(Files.readAllBytes(photo), ArchiveMeasurement.PHRASE);
  }
}
