package io.deixis.archive;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.files.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;

/**
 * A bundle on its way to the executors: Spark carries it there as an archive of the job.
 *
 * @param folder the bundle's folder at each executor, as Spark names it
 * @param name the model's name
 * @param version the model's version
 * @param fingerprint SHA-256 of the manifest, which holds those of all other files
 */
record ModelFiles(String folder, String name, String version, String fingerprint)
    implements Serializable {

  /** Adds an opened bundle, whose hashes were verified, to the job. */
  static ModelFiles add(ModelBundle bundle, SparkContext spark) throws IOException {
    String folder = bundle.directory().toAbsolutePath().normalize().getFileName().toString();
    Path zip = Files.createTempDirectory("deixis-archive").resolve("bundle.zip");
    zip.toFile().deleteOnExit();
    zip.getParent().toFile().deleteOnExit();
    write(bundle.directory(), zip);
    spark.addArchive(zip.toUri() + "#" + folder);
    return new ModelFiles(
        folder,
        bundle.manifest().name(),
        bundle.manifest().version(),
        Sha256.of(bundle.directory().resolve(ModelBundle.MANIFEST)));
  }

  /** Returns the bundle's folder on the executor that asks. */
  Path here() {
    return Path.of(SparkFiles.get(folder));
  }

  private static void write(Path directory, Path zip) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path file : files) {
        String entry = directory.relativize(file).toString().replace('\\', '/');
        out.putNextEntry(new ZipEntry(entry));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }
}
