package dev.kedge.models.train;

import java.util.List;

/** Some samples that are computed at once. */
public interface Batch {
  /**
   * Number of scored rows: samples of images, answer tokens of text. Means over micro-batches are
   * weighted by it.
   */
  int weight();

  /** What it holds, in the order of its rows; empty where the samples have no names. */
  default List<Sample> samples() {
    return List.of();
  }

  /**
   * A sample and the rows it has in a batch.
   *
   * @param name the same whenever the sample is seen
   * @param view which look at it this is: the epoch where augmentation makes each another, or 0
   * @param rows 1 for an image, the answer's tokens for text
   */
  record Sample(String name, int view, int rows) {
    /** A sample that always looks the same. */
    public Sample(String name, int rows) {
      this(name, 0, rows);
    }
  }
}
