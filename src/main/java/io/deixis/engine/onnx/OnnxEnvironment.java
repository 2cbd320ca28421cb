package io.deixis.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jboss.logging.Logger;

/**
 * The environment that all sessions of ONNX Runtime share.
 *
 * <p>The library has a shutdown hook of its own that gives the environment back at once, while
 * requests that are at work are still answered: the process then ends with a signal and its answers
 * are lost. The environment is counted by those who have it, so it is taken once more here, and the
 * hook is not the last to give it back; the system does, when the process has ended.
 */
public final class OnnxEnvironment {

  private static final Logger LOG = Logger.getLogger(OnnxEnvironment.class);

  private OnnxEnvironment() {}

  /** Made by the first use. */
  private static final class Kept {
    private static final OrtEnvironment ENVIRONMENT = kept(OrtEnvironment.getEnvironment());
  }

  /** Returns the environment. */
  public static OrtEnvironment get() {
    return Kept.ENVIRONMENT;
  }

  /** The library's Java has no way to do this but for itself. */
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
