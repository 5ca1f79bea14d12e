package dev.kedge.report;

/** What a suite speaks of. */
public enum Role {
  /** The new task. */
  SPECIALITY,
  /** Everything else. */
  GENERALITY
}
