package dev.kedge.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Some samples of a suite in a row, whose predictions are kept as soon as they are there.
 *
 * @param from the first one's place
 * @param to the place behind the last
 * @param whole whether these are all
 */
record Window(int from, int to, boolean whole) {
  /** A suite's samples, so many at a time. */
  static List<Window> of(int samples, int most) {
    return IntStream.iterate(0, from -> from < samples, from -> from + most)
        .mapToObj(from -> new Window(from, Math.min(from + most, samples), samples <= most))
        .toList();
  }

  int size() {
    return to - from;
  }
}
