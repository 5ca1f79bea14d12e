package dev.kedge.data.overlap;

/** What a set of data is for. */
public enum Purpose {
  /** Learnt from. */
  TRAINING,
  /** Stands for the old knowledge. */
  CALIBRATION,
  /** Solved records that stand before a prompt. */
  EXAMPLES,
  /** Tested, to choose by. */
  SELECT,
  /** Tested, and only ever reported. */
  REPORT;

  /** Whether a test of this purpose says less where its samples are among those of the other. */
  public boolean isSpoiltBy(Purpose other) {
    return (this == SELECT || this == REPORT) && other.compareTo(this) < 0;
  }
}
