package dev.kedge.models.train;

/**
 * What happened in a step; losses are at the weights before its update.
 *
 * @param step 0-based
 * @param rate learning rate
 * @param taskLoss mean over the batch
 * @param addedLoss what the method added to the loss or, by its gradient, to the objective;
 *     weighted
 * @param penalty the penalty before it was weighted; 0 for methods without one
 * @param gradientNorm of the total, before clipping
 */
public record StepReport(
    int step, double rate, double taskLoss, double addedLoss, double penalty, double gradientNorm) {
  public double totalLoss() {
    return taskLoss + addedLoss;
  }
}
