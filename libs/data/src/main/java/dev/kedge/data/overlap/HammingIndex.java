package dev.kedge.data.overlap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the 64-bit words within {@value #RADIUS} bits of one without looking at all of them
 * (multi-index hashing; Norouzi, Punjani and Fleet, 2012): of four quarters at least one differs by
 * two bits at most. Takes sixteen bytes a word.
 */
final class HammingIndex {
  /** Bits that may differ. */
  static final int RADIUS = 10;

  private static final int QUARTERS = 4;
  private static final int BITS = Long.SIZE / QUARTERS;
  private static final int QUARTER_RADIUS = RADIUS / QUARTERS;
  private static final int[] CHANGES =
      IntStream.range(0, 1 << BITS)
          .filter(change -> Integer.bitCount(change) <= QUARTER_RADIUS)
          .boxed()
          .sorted(Comparator.comparingInt(Integer::bitCount))
          .mapToInt(Integer::intValue)
          .toArray();

  /** So many others of a set are enough: pictures of one colour are all alike. */
  static final int MOST = 250;

  private final long[] words;
  private final int[] ends;
  private final List<Buckets> quarters;

  /**
   * An index of some of the words.
   *
   * @param ends of the words of each set, one set after the other
   * @param copies which are copies of earlier ones, and are left out
   */
  HammingIndex(long[] words, int[] ends, Copies copies) {
    this.words = words;
    this.ends = ends;
    int[] first = IntStream.range(0, words.length).filter(copies::isFirst).toArray();
    quarters =
        IntStream.range(0, QUARTERS)
            .mapToObj(quarter -> Buckets.of(words, first, quarter))
            .toList();
  }

  /** Other words within the radius, of each set {@value #MOST} at most, the nearest first. */
  int[] near(int word) {
    List<Integer> found = new ArrayList<>();
    int[] ofSets = new int[ends.length];
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      for (int change : CHANGES) {
        collect(word, quarter, change, ofSets, found);
      }
    }
    return found.stream()
        .sorted(
            Comparator.comparingInt((Integer other) -> distance(word, other))
                .thenComparingInt(Integer::intValue))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void collect(int word, int quarter, int change, int[] ofSets, List<Integer> found) {
    Buckets buckets = quarters.get(quarter);
    int value = quarter(words[word], quarter) ^ change;
    int end = buckets.starts[value + 1];
    int set = 0;
    int i = buckets.starts[value];
    while (i < end) {
      int other = buckets.items[i];
      while (other >= ends[set]) {
        set++;
      }
      if (ofSets[set] == MOST) {
        i = buckets.next(i, end, ends[set]);
        continue;
      }
      if (other != word
          && distance(word, other) <= RADIUS
          && !isFoundBefore(words[word] ^ words[other], quarter)) {
        found.add(other);
        ofSets[set]++;
      }
      i++;
    }
  }

  private int distance(int word, int other) {
    return Long.bitCount(words[word] ^ words[other]);
  }

  private static boolean isFoundBefore(long difference, int quarter) {
    return IntStream.range(0, quarter)
        .anyMatch(earlier -> Integer.bitCount(quarter(difference, earlier)) <= QUARTER_RADIUS);
  }

  private static int quarter(long word, int quarter) {
    return (int) (word >>> (quarter * BITS)) & ((1 << BITS) - 1);
  }

  /**
   * Words by the value of one quarter, those of value v from starts[v] to starts[v + 1], rising.
   */
  private static final class Buckets {
    private final int[] starts;
    private final int[] items;

    private Buckets(int[] starts, int[] items) {
      this.starts = starts;
      this.items = items;
    }

    /** The place of the first item that is no less than a word. */
    int next(int from, int to, int word) {
      int place = Arrays.binarySearch(items, from, to, word);
      return place < 0 ? -place - 1 : place;
    }

    static Buckets of(long[] words, int[] which, int quarter) {
      int[] starts = new int[(1 << BITS) + 1];
      for (int word : which) {
        starts[quarter(words[word], quarter) + 1]++;
      }
      for (int value = 1; value < starts.length; value++) {
        starts[value] += starts[value - 1];
      }
      int[] next = starts.clone();
      int[] items = new int[which.length];
      for (int word : which) {
        items[next[quarter(words[word], quarter)]++] = word;
      }
      return new Buckets(starts, items);
    }
  }
}
