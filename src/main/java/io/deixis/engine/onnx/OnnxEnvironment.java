package io.deixis.engine.onnx;

import ai.djl.util.Utils;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * The environment that all sessions of ONNX Runtime share.
 *
 * <p>The library has a shutdown hook of its own that gives the environment back at once, while
 * requests that are at work are still answered: the process then ends with a signal and its answers
 * are lost. The environment is counted by those who have it, so it is taken once more here, and the
 * hook is not the last to give it back; the system does, when the process has ended.
 *
 * <p>It also unpacks itself into a temporary folder in each process, and leaves that folder behind.
 * Here it is unpacked once, beside what DJL unpacks.
 */
public final class OnnxEnvironment {

  private static final Logger LOG = Logger.getLogger(OnnxEnvironment.class);

  /** The library's property for the folder that holds it. */
  private static final String UNPACKED = "onnxruntime.native.path";

  private static final List<String> LIBRARIES =
      List.of(
          "onnxruntime",
          "onnxruntime4j_jni",
          "onnxruntime_providers_shared",
          "onnxruntime_providers_cuda",
          "onnxruntime_providers_tensorrt");

  private OnnxEnvironment() {}

  /** Made by the first use. */
  private static final class Kept {
    private static final OrtEnvironment ENVIRONMENT = made();

    private static OrtEnvironment made() {
      unpack();
      return kept(OrtEnvironment.getEnvironment());
    }
  }

  /** Returns the environment. */
  public static OrtEnvironment get() {
    return Kept.ENVIRONMENT;
  }

  /** Where this fails, the library unpacks itself as ever. */
  private static void unpack() {
    if (System.getProperty(UNPACKED) != null) {
      return; // somebody told where it is
    }
    try {
      Field platform = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("OS_ARCH_STR");
      platform.setAccessible(true);
      Package library = OrtEnvironment.class.getPackage();
      String version = Objects.requireNonNull(library.getImplementationVersion());
      Path cache = Utils.getEngineCacheDir(library.getImplementationTitle());
      Path folder = cache.resolve(version + "-" + platform.get(null));
      if (!Files.isDirectory(folder)) {
        unpack("/ai/onnxruntime/native/%s/".formatted(platform.get(null)), folder);
      }
      System.setProperty(UNPACKED, folder.toString());
    } catch (ReflectiveOperationException | IOException | RuntimeException other) {
      LOG.debugf(other, "ONNX Runtime unpacks itself");
    }
  }

  /** The folder is there as a whole or not at all, whoever else unpacks at the same time. */
  private static void unpack(String resources, Path folder) throws IOException {
    Path partial =
        Files.createTempDirectory(Files.createDirectories(folder.getParent()), "unpacking");
    try {
      for (String library : LIBRARIES) {
        String file = System.mapLibraryName(library);
        try (InputStream packed = OrtEnvironment.class.getResourceAsStream(resources + file)) {
          if (packed != null) { // those for a GPU are of another artifact
            Files.copy(packed, partial.resolve(file));
          }
        }
      }
      Utils.moveQuietly(partial, folder);
    } finally {
      Utils.deleteQuietly(partial);
    }
  }

  /** The library's Java API offers this to its own classes alone. */
  private static OrtEnvironment kept(OrtEnvironment environment) {
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      Method take =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      api.setAccessible(true);
      take.setAccessible(true);
      int level = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue();
      take.invoke(null, api.getLong(null), level, "kept");
    } catch (ReflectiveOperationException | RuntimeException other) {
      LOG.warnf(
          "Answers at work are lost when the process is stopped: this ONNX Runtime is another (%s)",
          other);
    }
    return environment;
  }
}
