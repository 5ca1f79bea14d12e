package dev.kedge.stage;

/** Who has to act on a failure. */
public enum Blame {
  /** The spec or its data is wrong: trying again changes nothing until somebody changes it. */
  USER,
  /** Memory, disk, network or store: another time or another machine may do. */
  RESOURCES,
  /** A bug. */
  INTERNAL
}
