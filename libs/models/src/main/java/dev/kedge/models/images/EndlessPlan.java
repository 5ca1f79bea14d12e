package dev.kedge.models.images;

import dev.kedge.data.SampleOrder;

/**
 * Equally many samples at every step, epoch after epoch in an order of its own, without a shorter
 * batch at an epoch's end: for data that stands beside the task's.
 *
 * @param order the permutations
 * @param batchSize samples of a step
 */
public record EndlessPlan(SampleOrder order, int batchSize) implements SamplePlan {
  public EndlessPlan {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a step needs at least 1 sample, not " + batchSize);
    }
  }

  private long first(int step) {
    return (long) step * batchSize;
  }

  /** The epoch in which the step's first sample lies. */
  @Override
  public int epoch(int step) {
    return Math.toIntExact(first(step) / order.size());
  }

  @Override
  public int[] samples(int step) {
    int[] samples = new int[batchSize];
    for (int i = 0; i < batchSize; i++) {
      long place = first(step) + i;
      samples[i] = order.at(Math.toIntExact(place / order.size()), (int) (place % order.size()));
    }
    return samples;
  }
}
