package dev.kedge.store;

/** The answer to a claim. */
public sealed interface Claim {
  /**
   * The stage is the caller's.
   *
   * @param lease to be renewed while working and released after
   */
  record Won(Lease lease) implements Claim {}

  /**
   * Somebody else works on it and, for all that is known, lives.
   *
   * @param holder who, as they named themselves
   * @param epoch their fencing token
   */
  record Held(String holder, long epoch) implements Claim {}
}
