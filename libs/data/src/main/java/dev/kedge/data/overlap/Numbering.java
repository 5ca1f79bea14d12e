package dev.kedge.data.overlap;

import java.util.Arrays;
import java.util.List;

/** Numbers the samples of all sets, one set after the other. */
final class Numbering<S extends Samples> {
  private final List<S> sets;
  private final int[] ends;

  private Numbering(List<S> sets, int[] ends) {
    this.sets = List.copyOf(sets);
    this.ends = ends;
  }

  static <S extends Samples> Numbering<S> of(List<S> sets) {
    int[] ends = sets.stream().mapToInt(Samples::size).toArray();
    Arrays.parallelPrefix(ends, Math::addExact);
    return new Numbering<>(sets, ends);
  }

  int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  int start(int set) {
    return set == 0 ? 0 : ends[set - 1];
  }

  int end(int set) {
    return ends[set];
  }

  /** Where each set ends. */
  int[] ends() {
    return ends.clone();
  }

  /** Position of the set that a sample is of. */
  int set(int sample) {
    int place = Arrays.binarySearch(ends, sample + 1);
    int set = place < 0 ? -place - 1 : place;
    while (set > 0 && ends[set - 1] == ends[set]) {
      set--;
    }
    return set;
  }

  S samples(int sample) {
    return ofSet(set(sample));
  }

  /** All samples of a set. */
  S ofSet(int set) {
    return sets.get(set);
  }

  /** A sample's place in its set. */
  int place(int sample) {
    return sample - start(set(sample));
  }

  String id(int sample) {
    return samples(sample).id(place(sample));
  }
}
