package io.deixis.batch.doctor;

/** One thing that Deixis needs, looked at. */
public interface Check {

  /** Looks and tells; throws nothing for what it was made to find. */
  Finding run();
}
