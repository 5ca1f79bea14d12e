package dev.kedge.models.train;

/**
 * Looks at the loss on held-out data from time to time, keeps the best weights seen, and stops when
 * they have not been beaten for a while. The start counts as seen.
 *
 * @param validation its batches
 * @param batches how many of them are looked at, from the first on
 * @param everySteps steps between two looks
 * @param patience looks without a better loss until the run stops
 */
public record EarlyStop<B extends Batch>(
    Batches<B> validation, int batches, int everySteps, int patience) {
  public EarlyStop {
    if (batches < 1 || everySteps < 1 || patience < 1) {
      throw new IllegalArgumentException(
          "early_stop needs at least one batch, step and look; not %d, every_steps %d, patience %d"
              .formatted(batches, everySteps, patience));
    }
  }

  boolean isDue(int stepsDone) {
    return stepsDone % everySteps == 0;
  }
}
