package dev.kedge.models.images;

/** Which samples a step sees: a pure function. */
public interface SamplePlan {
  /** The samples of a step. */
  int[] samples(int step);

  /** The 0-based epoch of a step, from which augmentation is drawn. */
  int epoch(int step);
}
