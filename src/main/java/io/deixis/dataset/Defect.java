package io.deixis.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Something wrong in a file of a data set.
 *
 * @param severity how bad it is
 * @param file the file's path
 * @param line the line, counted from 1; 0 where the file as a whole is meant
 * @param problem what is wrong, without a full stop
 */
public record Defect(Severity severity, String file, int line, String problem) {

  /** How bad a defect is. */
  public enum Severity {
    /** The image cannot be used before it is mended. */
    ERROR,
    /** The image can be used; what the line says is passed over or taken as it is. */
    WARNING
  }

  /** Creates the defect of a file. */
  public Defect(Severity severity, Path file, int line, String problem) {
    this(severity, file.toString(), line, problem);
  }

  /** Returns the defect of a file as a whole that makes an image useless. */
  public static Defect ofFile(Path file, String problem) {
    return new Defect(Severity.ERROR, file, 0, problem);
  }

  /** Returns the first of several defects that is an error. */
  public static Optional<Defect> firstError(List<Defect> defects) {
    return defects.stream().filter(defect -> defect.severity == Severity.ERROR).findFirst();
  }

  /** Returns {@code file:line: problem}, as compilers write it. */
  public String text() {
    String place = line == 0 ? file : file + ":" + line;
    return place + ": " + problem;
  }
}
