package io.deixis.batch.bundle;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.Terminal;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.files.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bundle export}: packs a bundle into one file. */
@Command(
    name = "export",
    description = {
      "Packs a verified bundle, its model card and its evaluation into a ZIP file; the same bundle"
          + " gives the same bytes.",
      "Unpack it in the folder deixis.models.directory elsewhere."
    })
public class BundleExportCommand implements Runnable {

  /** The first time that a ZIP file can tell; the true one would change the bytes. */
  private static final LocalDateTime ANY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  @Spec CommandSpec spec;

  @Mixin BundleName bundle;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "The file to write (default: NAME.zip in the current folder).")
  Path to;

  private final ActiveModel models;

  /** Creates the command. */
  public BundleExportCommand(ActiveModel models) {
    this.models = models;
  }

  @Override
  public void run() {
    ModelBundle opened = bundle.open(models);
    Path folder = opened.directory();
    String name = opened.manifest().name();
    Path target = to == null ? Path.of(name + ".zip") : to;
    try {
      Set<String> files = new TreeSet<>(opened.manifest().files().keySet());
      files.add(ModelBundle.MANIFEST);
      AtomicFile.replace(target, partial -> pack(partial, name, folder, files));
    } catch (IOException e) {
      throw CommandFailure.storage(
              "\"%s\" cannot be written; name a file in a folder with room and rights.", target)
          .because(e);
    }
    Terminal.out(spec).printf("Wrote %s%n", target);
  }

  private static void pack(Path target, String name, Path folder, Set<String> files)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(target);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String file : files) {
        ZipEntry entry = new ZipEntry(name + "/" + file);
        entry.setTimeLocal(ANY_TIME);
        zip.putNextEntry(entry);
        Files.copy(folder.resolve(file), zip);
        zip.closeEntry();
      }
    }
  }
}
