package dev.kedge.store;

import java.util.Optional;

/** The answer to a claim. */
public sealed interface Claim {
  /**
   * The stage is the caller's.
   *
   * @param lease to be renewed while working and released after
   * @param lost who had it before and fell silent; empty where nobody had it, or whoever had it let
   *     go
   */
  record Won(Lease lease, Optional<Held> lost) implements Claim {}

  /**
   * Somebody else works on it and, for all that is known, lives.
   *
   * @param holder who, as they named themselves
   * @param epoch their fencing token
   */
  record Held(String holder, long epoch) implements Claim {}
}
