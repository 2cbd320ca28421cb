package io.deixis.batch.doctor;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.EngineProbe;
import io.deixis.engine.torch.TorchEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks each thing that Deixis needs. A check that fails returns a finding and throws nothing. */
final class Checks {

  private static final int OLDEST_JAVA = 17;
  private static final long MIB = 1 << 20;

  /** The model and a few photos need this much. */
  private static final long LEAST_HEAP = 256 * MIB;

  private static final long LEAST_MACHINE = 2048 * MIB;

  private Checks() {}

  /** Whether a Java runtime is new enough. */
  static Finding java(Runtime.Version version) {
    String detail =
        "%s on %s %s at %s"
            .formatted(
                version,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.home"));
    return version.feature() >= OLDEST_JAVA
        ? Finding.ok("Java", detail)
        : Finding.failed(
            "Java",
            detail,
            "Install a JDK " + OLDEST_JAVA + " or newer and point JAVA_HOME at it.");
  }

  /** Whether this process, and the machine or container it runs in, have memory enough. */
  static Finding memory() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return memory(Runtime.getRuntime().maxMemory(), system.getTotalMemorySize());
  }

  /**
   * As the other method, for given sizes.
   *
   * @param heap bytes the heap may grow to
   * @param machine bytes of memory of the machine or its container
   */
  static Finding memory(long heap, long machine) {
    String detail =
        "heap up to %,d MiB of the machine's %,d MiB".formatted(heap / MIB, machine / MIB);
    if (heap < LEAST_HEAP) {
      return Finding.failed(
          "Memory", detail, "Give the heap %,d MiB or more with -Xmx.".formatted(LEAST_HEAP / MIB));
    }
    return machine >= LEAST_MACHINE
        ? Finding.ok("Memory", detail)
        : Finding.warning(
            "Memory",
            detail,
            "Run on a machine with %,d MiB or more.".formatted(LEAST_MACHINE / MIB));
  }

  /** Whether the engine's native library loads. */
  static Finding engine() {
    try {
      EngineProbe probe = EngineProbe.run();
      return Finding.ok("Engine", probe.name() + " " + probe.version());
    } catch (EngineException absent) {
      return Finding.failed("Engine", absent.problem(), absent.remedy());
    }
  }

  /** Whether the device is there that {@code deixis.engine.device} asks for. */
  static Finding device(String asked) {
    try {
      TorchEngine engine = TorchEngine.start(0);
      engine.device(asked);
      return Finding.ok(
          "Device",
          "%s (deixis.engine.device), %d CPU cores, %d GPUs seen"
              .formatted(asked, Runtime.getRuntime().availableProcessors(), engine.gpuCount()));
    } catch (EngineException absent) {
      return Finding.failed("Device", absent.problem(), absent.remedy());
    }
  }

  /** Whether a bundle is there, can be read by this version, and has the right hashes. */
  static Finding model(Path bundle) {
    try {
      BundleManifest manifest = ModelBundle.open(bundle).manifest();
      return Finding.ok(
          "Model",
          "%s %s at %s, %d files with the right hashes"
              .formatted(manifest.name(), manifest.version(), bundle, manifest.files().size()));
    } catch (BundleException unusable) {
      return Finding.failed("Model", unusable.problem(), unusable.remedy());
    }
  }

  /** Whether the port is free that {@code serve} would listen on. */
  static Finding port(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return Finding.ok("Port", socket.getLocalPort() + " is free");
    } catch (IOException | IllegalArgumentException taken) {
      return Finding.failed(
          "Port",
          port + " cannot be opened: " + taken.getMessage(),
          "Stop the program that listens there, or serve on another port with --port N.");
    }
  }

  /**
   * Whether a data folder can be trained on and evaluated with: the splits {@code train} and {@code
   * val}, the first annotation of each, and the images. {@code dataset check} reads every
   * annotation.
   */
  static Finding data(Path directory) {
    try {
      GroundingDataset data = DatasetFormat.open(directory);
      List<String> seen = new ArrayList<>();
      long missing = 0;
      for (String split : List.of("train", "val")) {
        List<String> ids = data.split(split);
        ids.stream().findFirst().ifPresent(data::read);
        missing += ids.stream().filter(id -> !Files.isRegularFile(data.image(id))).count();
        seen.add("%,d %s".formatted(ids.size(), split));
      }
      String detail = String.join(", ", seen) + " in " + directory;
      return missing == 0
          ? Finding.ok("Data", detail)
          : Finding.failed(
              "Data",
              "%s; %,d images are missing".formatted(detail, missing),
              "Put the photos into %s, named ID.jpg.".formatted(directory.resolve("images")));
    } catch (DatasetException unusable) {
      return Finding.failed(
          "Data",
          unusable.getMessage(),
          "Mend that, then look at every file with: deixis dataset check " + directory);
    }
  }
}
