package io.deixis.archive;

import io.deixis.batch.CommandFailure;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Finds the photos of folders, in any file system that Spark knows. Spark's own reader of folders
 * leaves out names that begin with {@code _}, as many a camera's do.
 */
final class PhotoFiles {

  private static final Pattern PHOTO =
      Pattern.compile("[^.].*\\.(jpe?g|png|webp|gif|bmp|tiff?)", Pattern.CASE_INSENSITIVE);

  private PhotoFiles() {}

  /**
   * Returns the paths of all photos, each once, in order: files that are named, and what has a
   * photo's name in folders and their sub-folders, hidden ones excepted.
   *
   * @param places files, folders, and patterns of them
   * @throws CommandFailure if a place is not there
   */
  static List<String> list(List<String> places, Configuration hadoop) throws IOException {
    SortedSet<String> photos = new TreeSet<>();
    for (String place : places) {
      Path path = path(place);
      FileSystem files = path.getFileSystem(hadoop);
      for (FileStatus found : found(path, files)) {
        if (found.isFile()) {
          photos.add(found.getPath().toString());
        } else {
          RemoteIterator<LocatedFileStatus> all = files.listFiles(found.getPath(), true);
          while (all.hasNext()) {
            Path file = all.next().getPath();
            if (PHOTO.matcher(file.getName()).matches() && !hidden(file, found.getPath())) {
              photos.add(file.toString());
            }
          }
        }
      }
    }
    return List.copyOf(photos);
  }

  /**
   * Returns a place as Spark's readers take it, to which all places are patterns: what is there by
   * its name is meant by its name.
   */
  static String pattern(String place, Configuration hadoop) throws IOException {
    Path path = path(place);
    return path.getFileSystem(hadoop).exists(path)
        ? place.replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0")
        : place;
  }

  private static Path path(String place) {
    try {
      return new Path(place);
    } catch (IllegalArgumentException noPath) {
      throw CommandFailure.input(
              "\"%s\" names no place; write a name with a colon as ./NAME.", place)
          .because(noPath);
    }
  }

  private static FileStatus[] found(Path path, FileSystem files) throws IOException {
    if (files.exists(path)) {
      return new FileStatus[] {files.getFileStatus(path)};
    }
    FileStatus[] matching = files.globStatus(path);
    if (matching == null || matching.length == 0) {
      throw CommandFailure.input("There is no %s; name a folder that is there.", path);
    }
    return matching;
  }

  private static boolean hidden(Path file, Path folder) {
    for (Path part = file; part != null && !part.equals(folder); part = part.getParent()) {
      if (part.getName().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
