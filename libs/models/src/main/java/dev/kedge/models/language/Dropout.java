package dev.kedge.models.language;

/**
 * Dropout of what a layer's halves add to the states; attention's own weights are left alone.
 *
 * @param rate share of values set to 0, in [0, 1)
 * @param seed of the batch; with the number of the half it fixes every mask
 */
record Dropout(double rate, long seed) {
  static final Dropout NONE = new Dropout(0, 0);

  /** The seed of one half of a layer, counted from the first layer's first. */
  long seed(int half) {
    // SplittableRandom's mixing keeps neighbouring numbers apart.
    return new java.util.SplittableRandom(seed + 0x9E3779B97F4A7C15L * half).nextLong() >>> 1;
  }
}
