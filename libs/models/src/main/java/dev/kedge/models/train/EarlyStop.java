package dev.kedge.models.train;

/**
 * Looks at the loss on held-out data from time to time, and at the end of the schedule; keeps the
 * best weights seen, and stops when they have not been beaten for a while. The start counts as
 * seen.
 *
 * @param validation its batches
 * @param batches how many of them are looked at, from the first on
 * @param steps of the whole schedule
 * @param everySteps steps between two looks, at most all
 * @param patience looks without a better loss until the run stops
 */
public record EarlyStop<B extends Batch>(
    Batches<B> validation, int batches, int steps, int everySteps, int patience) {
  public EarlyStop {
    if (batches < 1 || everySteps < 1 || patience < 1) {
      throw new IllegalArgumentException(
          "early_stop needs at least one batch, step and look; not %d, every_steps %d, patience %d"
              .formatted(batches, everySteps, patience));
    }
    if (everySteps > steps) {
      throw new IllegalArgumentException(
          "early_stop.every_steps %d is more than the %d steps of the run: look more often"
              .formatted(everySteps, steps));
    }
  }

  boolean isDue(int stepsDone) {
    return stepsDone % everySteps == 0 || stepsDone == steps;
  }
}
