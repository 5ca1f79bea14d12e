package dev.kedge.data.overlap;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Which texts share marks ({@link WordGrams#marks}). Takes twelve bytes a mark, and {@value #BYTES}
 * while it is made.
 */
final class GramIndex {
  private static final int BYTES = 20;
  private static final int MOST = 1 << 30;
  private static final int FIRST = 1024;

  /**
   * Of a mark's texts the first so many are looked at, those that come earlier in the sets: what
   * stands in more is a form of words, and would make every text a candidate of every other.
   */
  private static final int LISTED = 32;

  /**
   * Texts that share less than this of their marks do not share 0.7 of their runs, but for chance.
   */
  private static final double SHARED = 0.35;

  private final int[] marks;
  private final int[] ends;
  private final long[] postings;

  private GramIndex(int[] marks, int[] ends, long[] postings) {
    this.marks = marks;
    this.ends = ends;
    this.postings = postings;
  }

  /** Collects the marks of the texts, in order. */
  static final class Builder {
    private final int most;
    private int[] marks = new int[FIRST];
    private int[] ends = new int[FIRST];
    private int count;
    private int texts;
    private boolean isFull;

    /** Takes a share of what memory there is, in bytes. */
    Builder(long bytes) {
      most = (int) Math.min(bytes / BYTES, MOST);
    }

    void add(int[] ofText) {
      isFull |= ofText.length > most - count;
      if (isFull) {
        marks = new int[0];
        ends = new int[0];
        return;
      }
      marks = withPlace(marks, count + ofText.length);
      System.arraycopy(ofText, 0, marks, count, ofText.length);
      count += ofText.length;
      ends = withPlace(ends, texts + 1);
      ends[texts++] = count;
    }

    private static int[] withPlace(int[] values, int size) {
      return size <= values.length
          ? values
          : Arrays.copyOf(values, Math.max(size, values.length + values.length / 2));
    }

    /** Whether there were more marks than there is memory for: then none are kept. */
    boolean isFull() {
      return isFull;
    }

    /** The index of those texts that are no copies of earlier ones. */
    GramIndex build(Copies copies) {
      long[] postings = new long[count];
      int listed = 0;
      for (int text = 0; text < texts; text++) {
        if (copies.isFirst(text)) {
          for (int at = start(ends, text); at < ends[text]; at++) {
            postings[listed++] = (long) marks[at] << Integer.SIZE | text;
          }
        }
      }
      Arrays.parallelSort(postings, 0, listed);
      return new GramIndex(
          marks, ends, listed == count ? postings : Arrays.copyOf(postings, listed));
    }
  }

  private static int start(int[] ends, int text) {
    return text == 0 ? 0 : ends[text - 1];
  }

  /** Other texts that share enough of this one's marks, those that share most first. */
  int[] near(int text) {
    int[] own = Arrays.stream(marks, start(ends, text), ends[text]).distinct().toArray();
    Map<Integer, Integer> shared = new HashMap<>();
    for (int mark : own) {
      count(mark, shared);
    }
    shared.remove(text);
    double least = SHARED * own.length;
    return shared.entrySet().stream()
        .filter(other -> other.getValue() >= least)
        .sorted(
            Comparator.comparingInt((Map.Entry<Integer, Integer> other) -> -other.getValue())
                .thenComparingInt(Map.Entry::getKey))
        .mapToInt(Map.Entry::getKey)
        .toArray();
  }

  private void count(int mark, Map<Integer, Integer> shared) {
    int place = Arrays.binarySearch(postings, (long) mark << Integer.SIZE);
    int from = place < 0 ? -place - 1 : place;
    int last = -1;
    for (int i = from; i < Math.min(from + LISTED, postings.length); i++) {
      if ((int) (postings[i] >> Integer.SIZE) != mark) {
        return;
      }
      int other = (int) postings[i];
      if (other != last) {
        shared.merge(other, 1, Integer::sum);
        last = other;
      }
    }
  }
}
