package dev.kedge.data;

/** Told at each part while shares are put together; may throw to stop the work. */
@FunctionalInterface
public interface MergeProgress {
  /** So many of all steps are done. */
  void done(int steps, int all);
}
