package dev.kedge.bench;

import java.util.Random;

/** Numbers without meaning. */
final class Noise {
  private Noise() {}

  /** Normally distributed, the same for a seed. */
  static float[] normal(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
