package io.deixis.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The arguments of {@code ground}, told apart: the leading ones that exist as files or folders are
 * images, and from the first one that does not, all are phrases.
 *
 * @param images image files; a folder stands for the images directly in it, by name
 * @param phrases phrases, possibly none
 */
record GroundArguments(List<Path> images, List<String> phrases) {

  private static final Set<String> EXTENSIONS =
      Set.of("jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff");

  /**
   * Tells images and phrases apart.
   *
   * @throws CommandFailure if there is no image, or if an argument looks like an image but is not
   *     there
   */
  static GroundArguments of(List<String> arguments) {
    List<Path> images = new ArrayList<>();
    int next = 0;
    while (next < arguments.size() && exists(arguments.get(next))) {
      images.addAll(imagesAt(Path.of(arguments.get(next++))));
    }
    List<String> phrases = arguments.subList(next, arguments.size());
    for (String phrase : phrases) {
      if (images.isEmpty() || hasImageExtension(phrase)) {
        throw new CommandFailure(
            ExitStatus.INPUT,
            "There is no image file or folder \"%s\"; images come first, then phrases."
                .formatted(phrase));
      }
    }
    if (images.isEmpty()) {
      throw new CommandFailure(ExitStatus.USAGE, "Name an image file or a folder of images first.");
    }
    return new GroundArguments(List.copyOf(images), List.copyOf(phrases));
  }

  private static boolean exists(String argument) {
    try {
      return Files.exists(Path.of(argument));
    } catch (InvalidPathException notAPath) {
      return false;
    }
  }

  private static List<Path> imagesAt(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> images =
          entries.filter(entry -> hasImageExtension(entry.toString())).sorted().toList();
      if (images.isEmpty()) {
        throw new CommandFailure(
            ExitStatus.INPUT, "There is no image directly in the folder \"%s\".".formatted(path));
      }
      return images;
    } catch (IOException | UncheckedIOException unreadable) {
      throw new CommandFailure(
          ExitStatus.INPUT,
          "The folder \"%s\" cannot be read; check its permissions.".formatted(path),
          unreadable);
    }
  }

  private static boolean hasImageExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
