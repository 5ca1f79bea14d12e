package dev.kedge.models.train;

/** Some samples that are computed at once. */
public interface Batch {
  /** Number of samples. */
  int size();
}
