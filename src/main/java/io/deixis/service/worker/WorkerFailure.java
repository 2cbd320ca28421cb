package io.deixis.service.worker;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;

/**
 * A worker did not do its work: it is unreachable, was lost, is late or full, or answers nonsense.
 */
final class WorkerFailure extends Exception {

  private final GroundingException report;
  private final boolean bodySent;

  /**
   * Creates the failure.
   *
   * @param report the refusal that the caller gets if no other worker answers
   * @param bodySent whether any byte of the body went out: the worker may have begun, so that
   *     another try could do the work twice
   */
  WorkerFailure(GroundingException report, boolean bodySent) {
    super(report.getMessage(), report);
    this.report = report;
    this.bodySent = bodySent;
  }

  /** Creates the failure of a worker that is not there to be asked. */
  static WorkerFailure unavailable(String message, boolean bodySent, Throwable cause) {
    return new WorkerFailure(
        new GroundingException(Reason.WORKER_UNAVAILABLE, null, message, null, cause), bodySent);
  }

  GroundingException report() {
    return report;
  }

  boolean bodySent() {
    return bodySent;
  }

  /** Returns whether the worker is well and only has too much to do. */
  boolean isBusy() {
    return report.reason() == Reason.BUSY;
  }
}
