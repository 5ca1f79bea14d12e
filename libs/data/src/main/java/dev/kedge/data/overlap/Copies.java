package dev.kedge.data.overlap;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which samples are the same: each knows the first like it, and the next one. Contents are compared
 * by 64 bits of SHA-256, of which two differ among a million samples but for a chance of 3 in 100
 * million.
 */
final class Copies {
  private static final int NONE = -1;

  private final int[] first;
  private final int[] next;

  private Copies(int[] first, int[] next) {
    this.first = first;
    this.next = next;
  }

  /** Compares contents. */
  static Copies of(long[] contents) {
    int[] first = IntStream.range(0, contents.length).toArray();
    int[] next = new int[contents.length];
    Arrays.fill(next, NONE);
    int[] last = first.clone();
    long[] order = order(contents);
    for (int i = 1; i < order.length; i++) {
      int sample = (int) order[i];
      for (int j = i - 1; j >= 0 && isNeighbour(order[i], order[j]); j--) {
        int earlier = (int) order[j];
        if (contents[earlier] == contents[sample]) {
          int head = first[earlier];
          first[sample] = head;
          next[last[head]] = sample;
          last[head] = sample;
          break;
        }
      }
    }
    return new Copies(first, next);
  }

  /** Sorted by the upper half of the contents, then by the samples. */
  private static long[] order(long[] contents) {
    long[] order =
        IntStream.range(0, contents.length)
            .mapToLong(sample -> contents[sample] >>> Integer.SIZE << Integer.SIZE | sample)
            .toArray();
    Arrays.parallelSort(order);
    return order;
  }

  private static boolean isNeighbour(long one, long other) {
    return one >>> Integer.SIZE == other >>> Integer.SIZE;
  }

  /** The first sample like this one, or itself. */
  int first(int sample) {
    return first[sample];
  }

  /** Whether there is none like it before. */
  boolean isFirst(int sample) {
    return first[sample] == sample;
  }

  /** All samples like this one, itself among them, rising. */
  IntStream all(int sample) {
    return IntStream.iterate(first[sample], at -> at != NONE, at -> next[at]);
  }
}
