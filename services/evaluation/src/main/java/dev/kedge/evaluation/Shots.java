package dev.kedge.evaluation;

import dev.kedge.data.text.TextPart;
import dev.kedge.data.text.TextRecord;
import dev.kedge.report.sample.Wording;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Solved records that stand before a prompt.
 *
 * @param from where they are drawn from; holds at least {@code count}
 * @param seed of the draw, which is another for each record
 * @param separator stands behind each
 */
record Shots(Wording wording, TextPart from, int count, long seed, String separator) {
  Shots {
    if (count > from.size()) {
      throw new IllegalArgumentException(
          "%d solved records are to be drawn from %d; ask for fewer, or give more records"
              .formatted(count, from.size()));
    }
  }

  /** What stands before a record's prompt; the same whichever records are asked before. */
  String before(TextRecord record) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + record.id().hashCode());
    int[] places = IntStream.range(0, from.size()).toArray();
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(places.length - i);
      int drawn = places[other];
      places[other] = places[i];
      places[i] = drawn;
    }
    return IntStream.range(0, count)
        .mapToObj(i -> wording.solved(from.record(places[i])) + separator)
        .collect(Collectors.joining());
  }
}
