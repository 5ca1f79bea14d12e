package dev.kedge.report;

/** What a suite is for. */
public enum Use {
  /** Chooses: grid points, α, seeds. */
  SELECT,
  /** Is only ever reported. */
  REPORT
}
