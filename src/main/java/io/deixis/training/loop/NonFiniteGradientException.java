package io.deixis.training.loop;

/** A step's gradients hold a number that is not finite. */
public final class NonFiniteGradientException extends RuntimeException {

  /** Creates the exception. */
  public NonFiniteGradientException() {
    super("The gradients are not finite.");
  }
}
