package io.deixis.archive;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.files.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A bundle on its way to the executors, which hand its parts on to each other. (Archives that are
 * added to a job while it runs do not reach the tasks of Spark 4.2's SQL.)
 *
 * @param zip its files
 * @param folder the name of its folder
 * @param name the model's name
 * @param version the model's version
 * @param fingerprint SHA-256 of the manifest, which holds those of all other files
 */
record ModelFiles(
    Broadcast<byte[]> zip, String folder, String name, String version, String fingerprint)
    implements Serializable {

  /** Adds an opened bundle, whose hashes were verified, to the job. */
  static ModelFiles add(ModelBundle bundle, JavaSparkContext spark) throws IOException {
    return new ModelFiles(
        spark.broadcast(zipped(bundle.directory())),
        bundle.directory().toAbsolutePath().normalize().getFileName().toString(),
        bundle.manifest().name(),
        bundle.manifest().version(),
        Sha256.of(bundle.directory().resolve(ModelBundle.MANIFEST)));
  }

  /** Unpacks the bundle into the executor's own folder, which Spark deletes, and returns where. */
  Path unpack() throws IOException {
    Path bundle =
        Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()), "model").resolve(folder);
    try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip.value()))) {
      for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
        Path target = bundle.resolve(file.getName());
        Files.createDirectories(target.getParent());
        Files.copy(files, target);
      }
    }
    return bundle;
  }

  private static byte[] zipped(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      for (Path file : files) {
        out.putNextEntry(new ZipEntry(directory.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return zip.toByteArray();
  }

  /** The same model, however often it was sent. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ModelFiles files
        && folder.equals(files.folder)
        && fingerprint.equals(files.fingerprint);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }
}
