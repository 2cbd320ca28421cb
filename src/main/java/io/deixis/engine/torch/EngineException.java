package io.deixis.engine.torch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The engine cannot be used. The message says what is wrong and what mends it. */
public class EngineException extends RuntimeException {

  private final String problem;
  private final String remedy;

  /**
   * Creates the exception.
   *
   * @param problem what is wrong, as the beginning of a sentence
   * @param remedy what mends it, as the end of that sentence
   * @param cause for the log, or null
   */
  public EngineException(String problem, String remedy, Throwable cause) {
    super(problem + "; " + remedy + (remedy.endsWith(".") ? "" : "."), cause);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The engine works, and has no such device. */
  public static final class NoSuchDeviceException extends EngineException {

    NoSuchDeviceException(String problem, String remedy) {
      super(problem, remedy, null);
    }
  }

  /** Returns what is wrong. */
  public String problem() {
    return problem;
  }

  /** Returns what mends it. */
  public String remedy() {
    return remedy;
  }

  /** How the loaders of Linux and macOS say which library another one lacks. */
  private static final Pattern LACKING =
      Pattern.compile(
          "([^\\s:/]+\\.so[.\\d]*): cannot open shared object file"
              + "|Library not loaded: \\S*?([^\\s/]+\\.dylib)");

  /** How the loader of Linux names a library and what is wrong with it. */
  private static final Pattern BROKEN =
      Pattern.compile(
          "(?:.*/)?([^\\s:/]+\\.so[.\\d]*): ([^\\n/]*?)(?: \\(required by .*)?$",
          Pattern.MULTILINE);

  /** The driver comes with the machine, never with a package. */
  private static final String DRIVER = "libcuda.so";

  /** Returns the exception for a native library that cannot be loaded, which it names. */
  static EngineException notLoaded(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      Matcher lacking = LACKING.matcher(message);
      if (lacking.find()) {
        String library = lacking.group(1) == null ? lacking.group(2) : lacking.group(1);
        return new EngineException(
            "The PyTorch library cannot be loaded, since %s is not found".formatted(library),
            library.startsWith(DRIVER)
                ? "install NVIDIA's driver and give the GPU to this process, or take the CPU's"
                    + " library with PYTORCH_FLAVOR=cpu"
                : "install it, or name its folder in LD_LIBRARY_PATH",
            failure);
      }
      Matcher broken = BROKEN.matcher(message);
      if (broken.find()) {
        return new EngineException(
            "The PyTorch library cannot be loaded, since %s does not fit this machine (%s)"
                .formatted(broken.group(1), broken.group(2)),
            "take the one that was made for it",
            failure);
      }
    }
    return new EngineException(
        "The PyTorch library cannot be loaded on %s %s"
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
        "package Deixis with -Dpytorch.platform=PLATFORM (linux-x86_64, linux-aarch64, osx-aarch64,"
            + " win-x86_64), and see that the cache folder .djl.ai in the home directory can be"
            + " written",
        failure);
  }
}
