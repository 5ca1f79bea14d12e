package dev.kedge.data;

/**
 * Well-mixed 64-bit numbers as a pure function of their parts: the finaliser of SplitMix64 (Steele,
 * Lea and Flood, "Fast splittable pseudorandom number generators", 2014), applied part by part.
 */
final class Mixer {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private Mixer() {}

  static long mix(long... parts) {
    long state = 0;
    for (long part : parts) {
      state = finish(state + GOLDEN_RATIO + finish(part + GOLDEN_RATIO));
    }
    return state;
  }

  private static long finish(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The upper bits of a mixed number as a number in [0, 1). */
  static double unit(long mixed) {
    return (mixed >>> 11) * 0x1p-53;
  }

  /** The upper bits of a mixed number as a number below a bound. */
  static int below(int bound, long mixed) {
    return (int) Math.multiplyHigh(mixed >>> 1, 2L * bound);
  }
}
