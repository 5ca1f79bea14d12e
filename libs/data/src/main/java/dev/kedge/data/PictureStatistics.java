package dev.kedge.data;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Counts what a data set's pictures are; sixteen bytes for each. */
final class PictureStatistics {
  private static final int HEX = 16;

  private final SortedMap<String, Integer> formats = new TreeMap<>();
  private final IntStream.Builder widths = IntStream.builder();
  private final IntStream.Builder heights = IntStream.builder();
  private final Repetitions repetitions = new Repetitions();

  void see(IndexedSample sample, PictureFacts facts) {
    formats.merge(facts.format(), 1, Integer::sum);
    widths.add(facts.width());
    heights.add(facts.height());
    repetitions.see(Long.parseUnsignedLong(sample.digest(), 0, HEX, HEX));
  }

  SortedMap<String, Integer> formats() {
    return formats;
  }

  Spread widths() {
    return Spread.of(widths.build().toArray());
  }

  Spread heights() {
    return Spread.of(heights.build().toArray());
  }

  int duplicates() {
    return repetitions.count();
  }
}
