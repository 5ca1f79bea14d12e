package dev.kedge.data;

/**
 * The order in which an epoch visits its samples: a permutation for each epoch, every entry in
 * constant time and no state. Resuming in the middle of an epoch is knowing the position.
 *
 * <p>A Feistel network over the smallest even number of bits that holds all positions; what falls
 * beyond the last one walks on along its cycle (Black and Rogaway, "Ciphers with arbitrary finite
 * domains", 2002).
 */
public final class SampleOrder {
  private static final int ROUNDS = 6;

  private final int size;
  private final long seed;
  private final int halfBits;
  private final int mask;

  /**
   * An order of samples.
   *
   * @param size how many samples, at least 1
   */
  public SampleOrder(int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("an order needs at least one sample, got " + size);
    }
    this.size = size;
    this.seed = seed;
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    this.halfBits = Math.max(1, (bits + 1) / 2);
    this.mask = (1 << halfBits) - 1;
  }

  /** How many samples an epoch visits. */
  public int size() {
    return size;
  }

  /**
   * The sample at a position of an epoch.
   *
   * @param position from 0 to {@code size - 1}
   * @return from 0 to {@code size - 1}, each once per epoch
   */
  public int at(int epoch, int position) {
    if (position < 0 || position >= size) {
      throw new IndexOutOfBoundsException(
          "position %d of an epoch of %d samples".formatted(position, size));
    }
    int place = position;
    do {
      place = encipher(epoch, place);
    } while (Integer.compareUnsigned(place, size) >= 0);
    return place;
  }

  /** The samples from one position of an epoch up to another, excluded. */
  public int[] slice(int epoch, int from, int to) {
    int[] samples = new int[to - from];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = at(epoch, from + i);
    }
    return samples;
  }

  private int encipher(int epoch, int place) {
    int left = place >>> halfBits;
    int right = place & mask;
    for (int round = 0; round < ROUNDS; round++) {
      int next = left ^ ((int) Mixer.mix(seed, epoch, round, right) & mask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}
