package io.deixis.batch.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;

/**
 * What a check found.
 *
 * @param name what was looked at, in one or two words
 * @param state how it is
 * @param detail what was seen
 * @param fix the one thing that mends it; null if there is nothing to mend
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String name, State state, String detail, String fix) {

  /** How a thing is. */
  public enum State {
    /** As it should be. */
    OK,
    /** Works, but not well. */
    WARNING,
    /** Does not work. */
    FAILED
  }

  /** Returns a finding with nothing to mend. */
  public static Finding ok(String name, String detail) {
    return new Finding(name, State.OK, detail, null);
  }

  /** Returns a finding that works, but not well. */
  public static Finding warning(String name, String detail, String fix) {
    return new Finding(name, State.WARNING, detail, fix);
  }

  /** Returns a finding that does not work. */
  public static Finding failed(String name, String detail, String fix) {
    return new Finding(name, State.FAILED, detail, sentence(fix));
  }

  private static String sentence(String fix) {
    String end = fix.endsWith(".") ? "" : ".";
    return fix.substring(0, 1).toUpperCase(Locale.ROOT) + fix.substring(1) + end;
  }
}
