package dev.kedge.models.train;

import dev.kedge.data.SampleOrder;
import dev.kedge.models.images.EpochPlan;
import dev.kedge.models.images.SamplePlan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Batches of sequences of like lengths, so that little is padded: of every few batches of a plan
 * the samples are sorted by length and cut anew, and the new batches come in an order of their own.
 *
 * @param plan which samples come together
 * @param sequences their lengths
 * @param seed of the order of the new batches
 */
record LengthBuckets(EpochPlan plan, LanguageSequences sequences, long seed) implements SamplePlan {
  private static final int POOL = 16;

  @Override
  public int epoch(int step) {
    return plan.epoch(step);
  }

  @Override
  public int[] samples(int step) {
    int perEpoch = plan.stepsPerEpoch();
    int inEpoch = step % perEpoch;
    int first = inEpoch / POOL * POOL;
    int batches = Math.min(POOL, perEpoch - first);
    int[] pool =
        IntStream.range(first, first + batches)
            .map(batch -> step - inEpoch + batch)
            .flatMap(batch -> Arrays.stream(plan.samples(batch)))
            .boxed()
            .sorted(Comparator.comparingInt(sequences::tokens))
            .mapToInt(Integer::intValue)
            .toArray();
    int drawn = new SampleOrder(batches, seed + first).at(epoch(step), inEpoch - first);
    int from = drawn * plan.batchSize();
    return Arrays.copyOfRange(pool, from, Math.min(from + plan.batchSize(), pool.length));
  }
}
