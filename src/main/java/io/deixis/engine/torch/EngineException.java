package io.deixis.engine.torch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The engine cannot be used; the message is one sentence: what is wrong and what mends it. */
public final class EngineException extends RuntimeException {

  /** Creates the exception. */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
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
      Optional<String> sentence = sentence(String.valueOf(cause.getMessage()));
      if (sentence.isPresent()) {
        return new EngineException(sentence.get(), failure);
      }
    }
    return new EngineException(
        "The PyTorch library cannot be loaded on %s %s; package Deixis with -Dpytorch.platform=PLATFORM (linux-x86_64, linux-aarch64, osx-aarch64, win-x86_64), and see that the cache folder .djl.ai in the home directory can be written."
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
        failure);
  }

  private static Optional<String> sentence(String message) {
    Matcher lacking = LACKING.matcher(message);
    if (lacking.find()) {
      String library = lacking.group(1) == null ? lacking.group(2) : lacking.group(1);
      return Optional.of(
          "The PyTorch library cannot be loaded, since %s is not found; %s."
              .formatted(
                  library,
                  library.startsWith(DRIVER)
                      ? "install NVIDIA's driver and give the GPU to this process, or take the"
                          + " CPU's library with PYTORCH_FLAVOR=cpu"
                      : "install it, or name its folder in LD_LIBRARY_PATH"));
    }
    Matcher broken = BROKEN.matcher(message);
    return broken.find()
        ? Optional.of(
            "The PyTorch library cannot be loaded, since %s does not fit this machine (%s); take the one that was made for it."
                .formatted(broken.group(1), broken.group(2)))
        : Optional.empty();
  }
}
