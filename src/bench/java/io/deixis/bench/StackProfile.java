package io.deixis.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells into which parts of a job the time of a thread goes, from samples of its stack. A sample
 * counts if the job is on the stack, and for the innermost part there.
 *
 * @param title of the table
 * @param job the method in which the thread is at work
 * @param parts in the order of the table
 */
record StackProfile(String title, String job, List<Part> parts) {

  private static final String REST = "the rest";

  /**
   * A part of a job.
   *
   * @param name as the table calls it
   * @param methods as {@code Class.method} without packages
   */
  record Part(String name, List<String> methods) {

    static Part of(String name, String... methods) {
      return new Part(name, List.of(methods));
    }
  }

  /** Counts of samples. */
  static final class Counts {

    private final StackProfile profile;
    private final Map<String, Long> ofPart = new LinkedHashMap<>();

    Counts(StackProfile profile) {
      this.profile = profile;
      profile.parts.forEach(part -> ofPart.put(part.name, 0L));
      ofPart.put(REST, 0L);
    }

    /**
     * Adds a sample.
     *
     * @param stack innermost first
     */
    void add(StackTraceElement[] stack) {
      String part = null;
      for (StackTraceElement frame : stack) {
        String method = method(frame);
        if (part == null) {
          part = profile.partOf(method);
        }
        if (method.equals(profile.job)) {
          ofPart.merge(part == null ? REST : part, 1L, Long::sum);
          return;
        }
      }
    }

    /** Prints the shares, in percent. */
    void print() {
      long all = ofPart.values().stream().mapToLong(Long::longValue).sum();
      if (all == 0) {
        return;
      }
      System.out.printf("%n%s (%,d samples)%n", profile.title, all);
      ofPart.forEach((part, n) -> System.out.printf("  %-32s %5.1f %%%n", part, 100.0 * n / all));
    }
  }

  private String partOf(String method) {
    for (Part part : parts) {
      if (part.methods.contains(method)) {
        return part.name;
      }
    }
    return null;
  }

  private static String method(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.substring(name.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }
}
