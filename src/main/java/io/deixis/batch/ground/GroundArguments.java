package io.deixis.batch.ground;

import io.deixis.batch.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The arguments of {@code ground}, told apart: the leading ones that exist as files or folders are
 * images, {@code -} stands for a list of them, and from the first argument that is neither, all are
 * phrases.
 *
 * @param photos image files; a folder stands for those in it and below it, by name
 * @param videos video files
 * @param phrases phrases, possibly none
 */
record GroundArguments(List<Photo> photos, List<Path> videos, List<String> phrases) {

  private static final Set<String> IMAGES =
      Set.of("jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff");

  private static final Set<String> VIDEOS =
      Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg");

  /** Stands for a list of paths on standard input. */
  private static final String LIST = "-";

  /**
   * Tells images and phrases apart.
   *
   * @param list where {@code -} reads paths, one a line, in UTF-8
   * @throws CommandFailure if there is no image, or if an argument looks like an image but is not
   *     there
   */
  static GroundArguments of(List<String> arguments, InputStream list) {
    List<Photo> photos = new ArrayList<>();
    List<Path> videos = new ArrayList<>();
    int next = 0;
    for (; next < arguments.size(); next++) {
      String argument = arguments.get(next);
      if (argument.equals(LIST)) {
        photos.addAll(listed(list));
      } else if (!exists(argument)) {
        break;
      } else if (isVideo(argument)) {
        videos.add(Path.of(argument));
      } else {
        photos.addAll(photosAt(Path.of(argument)));
      }
    }
    List<String> phrases = arguments.subList(next, arguments.size());
    boolean none = photos.isEmpty() && videos.isEmpty();
    for (String phrase : phrases) {
      if (none || hasExtension(phrase, IMAGES) || hasExtension(phrase, VIDEOS)) {
        throw CommandFailure.input(
            "There is no image file or folder \"%s\"; images come first, then phrases.", phrase);
      }
    }
    if (none) {
      throw CommandFailure.usage("Name an image file or a folder of images first.");
    }
    return new GroundArguments(List.copyOf(photos), List.copyOf(videos), List.copyOf(phrases));
  }

  /** Returns whether there is one photo alone, in a file. */
  boolean isOnePhoto() {
    return photos.size() == 1 && videos.isEmpty();
  }

  private static boolean exists(String argument) {
    try {
      return Files.exists(Path.of(argument));
    } catch (InvalidPathException notAPath) {
      return false;
    }
  }

  private static boolean isVideo(String argument) {
    return hasExtension(argument, VIDEOS) && Files.isRegularFile(Path.of(argument));
  }

  /**
   * Returns the photo in a file, or those in a folder and below it, by name. What cannot be read of
   * it, such as a folder of somebody else, is among them: it is told when its turn comes.
   */
  static List<Photo> photosAt(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(Photo.of(path, nameOf(path)));
    }
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          path,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new Images(path, files));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // the visitor throws none
    }
    if (files.isEmpty()) {
      throw CommandFailure.input("There is no image in the folder \"%s\".", path);
    }
    return files.stream()
        .sorted()
        .map(
            file ->
                Photo.of(
                    file, file.equals(path) ? nameOf(path) : withSlashes(path.relativize(file))))
        .toList();
  }

  private static String nameOf(Path path) {
    return path.getNameCount() == 0 ? path.toString() : path.getFileName().toString();
  }

  /**
   * Collects the images of a folder, and what of it cannot be read. What is hidden is passed over,
   * as are links that go round.
   */
  static final class Images extends SimpleFileVisitor<Path> {

    private final Path folder;
    private final List<Path> files;

    Images(Path folder, List<Path> files) {
      this.folder = folder;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return !directory.equals(folder) && isHidden(directory)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && hasExtension(file.toString(), IMAGES) && !isHidden(file)) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      if (!(failure instanceof FileSystemLoopException)
          && (file.equals(folder) || !isHidden(file))) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
      if (failure != null) {
        files.add(directory); // of which the rest cannot be read
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }
  }

  /** Reads a list; a missing file is reported when its turn comes. */
  private static List<Photo> listed(InputStream list) {
    List<Path> paths = new ArrayList<>();
    try {
      String lines = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : lines.replaceFirst("^\uFEFF", "").lines().map(String::strip).toList()) {
        if (!line.isEmpty()) {
          paths.add(Path.of(line).normalize());
        }
      }
    } catch (IOException | InvalidPathException unreadable) {
      throw CommandFailure.input(
              "The list of photos on standard input cannot be read; write one path a line, in"
                  + " UTF-8.")
          .because(unreadable);
    }
    if (paths.isEmpty()) {
      throw CommandFailure.input(
          "The list of photos on standard input is empty; write one path a line.");
    }
    Path folder = commonFolder(paths.stream().filter(GroundArguments::isElsewhere).toList());
    return paths.stream().map(path -> Photo.of(path, listedName(path, folder))).toList();
  }

  /** Returns whether a path leads out of the working folder. */
  private static boolean isElsewhere(Path path) {
    return path.isAbsolute() || path.startsWith("..");
  }

  /** Returns the name of a listed photo: its place below a folder, which leads out of none. */
  private static String listedName(Path path, Path folder) {
    if (!isElsewhere(path) || path.getNameCount() == 0) {
      return withSlashes(path);
    }
    return folder == null
        ? path.getFileName().toString()
        : withSlashes(folder.relativize(path.toAbsolutePath().normalize()));
  }

  /** Returns the innermost folder that holds all files; null if there is none. */
  private static Path commonFolder(List<Path> files) {
    Path common = null;
    for (Path file : files) {
      Path folder = file.toAbsolutePath().normalize().getParent();
      if (folder == null) {
        continue; // a root, which is no photo
      }
      common = common == null ? folder : common;
      while (!folder.startsWith(common)) {
        common = common.getParent();
        if (common == null) {
          return null; // on different drives
        }
      }
    }
    return common;
  }

  private static String withSlashes(Path path) {
    return String.join(
        "/", StreamSupport.stream(path.spliterator(), false).map(Path::toString).toList());
  }

  private static boolean hasExtension(String name, Set<String> extensions) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && extensions.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
