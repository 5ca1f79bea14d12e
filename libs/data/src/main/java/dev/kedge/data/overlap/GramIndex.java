package dev.kedge.data.overlap;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Which texts share marks ({@link WordGrams#marks}). Takes twelve bytes a mark. */
final class GramIndex {
  /** A mark of more texts than these is a form of words, and tells no two of them apart. */
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
    private final IntStream.Builder marks = IntStream.builder();
    private final IntStream.Builder ends = IntStream.builder();
    private int count;

    void add(int[] ofText) {
      IntStream.of(ofText).forEach(marks::add);
      count += ofText.length;
      ends.add(count);
    }

    /** The index of those texts that are no copies of earlier ones. */
    GramIndex build(Copies copies) {
      int[] all = marks.build().toArray();
      int[] ofTexts = ends.build().toArray();
      long[] postings =
          IntStream.range(0, ofTexts.length)
              .filter(copies::isFirst)
              .boxed()
              .flatMapToLong(
                  text ->
                      IntStream.range(start(ofTexts, text), ofTexts[text])
                          .mapToLong(at -> (long) all[at] << Integer.SIZE | text))
              .toArray();
      Arrays.parallelSort(postings);
      return new GramIndex(all, ofTexts, postings);
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
