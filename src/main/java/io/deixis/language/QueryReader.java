package io.deixis.language;

/** Takes apart what a person types. Thread-safe. */
public interface QueryReader {

  /**
   * Reads a query.
   *
   * @param query in English; not blank
   * @return how it is understood; what is not understood comes back whole
   */
  Reading read(String query);
}
