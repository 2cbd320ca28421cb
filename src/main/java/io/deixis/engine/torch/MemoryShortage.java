package io.deixis.engine.torch;

import ai.onnxruntime.OrtException;
import java.util.Optional;
import java.util.stream.Stream;

/** Where there is too little memory. Each place has a bound, and so a remedy, of its own. */
public enum MemoryShortage {
  /** The heap of Java objects. */
  HEAP {
    @Override
    public String problem() {
      return "The heap of %d MB is too small".formatted(Runtime.getRuntime().maxMemory() >> 20);
    }

    @Override
    public String remedy() {
      long twice = Math.round(2.0 * Runtime.getRuntime().maxMemory() / (1L << 30));
      return "set JAVA_OPTS=-Xmx%dg or more".formatted(Math.max(USUAL_GIGABYTES, twice));
    }
  },
  /** The buffers through which arrays reach the engine. */
  BUFFERS {
    @Override
    public String problem() {
      return "The memory for direct buffers is too small";
    }

    @Override
    public String remedy() {
      return "set JAVA_OPTS=-XX:MaxDirectMemorySize=1g or more";
    }
  },
  /** The tensors of the engine, on its device. */
  TENSORS {
    @Override
    public String problem() {
      return "The engine got no memory for a tensor";
    }

    @Override
    public String remedy() {
      return "free memory of the device";
    }
  },
  /** What the system grants the process. */
  PROCESS {
    @Override
    public String problem() {
      return "The system gives this process no more memory";
    }

    @Override
    public String remedy() {
      return "stop other programs, or raise the limit of the container or of ulimit";
    }
  };

  private static final long USUAL_GIGABYTES = 4;

  /** Returns what is wrong, as the beginning of a sentence. */
  public abstract String problem();

  /** Returns what mends it, as the end of a sentence. */
  public abstract String remedy();

  /** Returns problem and remedy as a sentence. */
  public String sentence() {
    return problem() + "; " + remedy() + ".";
  }

  /** Returns where memory was short, if that is what a failure, or a cause of it, tells. */
  public static Optional<MemoryShortage> of(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .flatMap(cause -> toldBy(cause).stream())
        .findFirst();
  }

  private static Optional<MemoryShortage> toldBy(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof OutOfMemoryError) {
      return Optional.of(ofJava(message));
    }
    if (TorchEngine.isOutOfMemory(failure)
        || failure instanceof OrtException && isRefusedMapping(message)) {
      return Optional.of(TENSORS);
    }
    // The loader of a library tells the lack in the words of the system.
    return failure instanceof LinkageError && isRefusedMapping(message)
        ? Optional.of(PROCESS)
        : Optional.empty();
  }

  private static boolean isRefusedMapping(String message) {
    return message.contains("failed to map segment") || message.contains("allocate memory");
  }

  private static MemoryShortage ofJava(String message) {
    if (message.contains("irect buffer")) {
      return BUFFERS;
    }
    return message.contains("thread") || message.contains("Map failed") ? PROCESS : HEAP;
  }
}
