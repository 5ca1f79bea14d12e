package dev.kedge.experiment;

/** An operation that the experiment's state does not allow. */
public final class Refused extends RuntimeException {
  /**
   * A refusal.
   *
   * @param message what was asked for, why not, and the remedy
   */
  public Refused(String message) {
    super(message);
  }
}
