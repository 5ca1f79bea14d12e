package dev.kedge.models.images;

import dev.kedge.data.SampleOrder;

/**
 * Which samples a step sees: every sample once an epoch, in an order of its own; the last batch of
 * an epoch may be smaller.
 *
 * @param order the permutations
 * @param batchSize most samples of a step
 */
public record EpochPlan(SampleOrder order, int batchSize) implements SamplePlan {
  public EpochPlan {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch_size must be at least 1, not " + batchSize);
    }
  }

  /** Steps of an epoch. */
  public int stepsPerEpoch() {
    return (order.size() + batchSize - 1) / batchSize;
  }

  @Override
  public int epoch(int step) {
    return step / stepsPerEpoch();
  }

  @Override
  public int[] samples(int step) {
    int from = step % stepsPerEpoch() * batchSize;
    return order.slice(epoch(step), from, Math.min(from + batchSize, order.size()));
  }
}
