package dev.kedge.fisher;

import dev.kedge.stage.v1.FisherSpec;

/**
 * The places in a draw that a stage takes.
 *
 * @param from the first place
 * @param to the one behind the last
 */
record Share(int from, int to) {
  /**
   * The share that a spec asks for, of so many samples.
   *
   * @throws IllegalArgumentException if there is no such shard, or it has no sample
   */
  static Share of(FisherSpec spec, int samples) {
    if (!spec.hasShard()) {
      return new Share(0, samples);
    }
    long index = spec.getShard().getIndex();
    long count = spec.getShard().getCount();
    if (index < 0 || index >= count || count > samples) {
      throw new IllegalArgumentException(
          "there is no shard %d of %d: shards are counted from 0, and %d samples fill at most as many"
              .formatted(index, count, samples));
    }
    return new Share((int) (samples * index / count), (int) (samples * (index + 1) / count));
  }

  /** How many. */
  int size() {
    return to - from;
  }
}
