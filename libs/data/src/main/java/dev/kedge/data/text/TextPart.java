package dev.kedge.data.text;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some records of prepared text.
 *
 * @param positions which, in this order
 */
public record TextPart(PreparedText text, List<Integer> positions) {
  public TextPart {
    positions = List.copyOf(positions);
  }

  /** All records. */
  public static TextPart all(PreparedText text) {
    return of(text, IntStream.range(0, text.size()).toArray());
  }

  /** The part for training. */
  public static TextPart training(PreparedText text, double validationFraction, long seed) {
    return of(text, text.split(validationFraction, seed).training());
  }

  /** The part for validation. */
  public static TextPart validation(PreparedText text, double validationFraction, long seed) {
    return of(text, text.split(validationFraction, seed).validation());
  }

  private static TextPart of(PreparedText text, int[] positions) {
    return new TextPart(text, Arrays.stream(positions).boxed().toList());
  }

  /** How many records there are. */
  public int size() {
    return positions.size();
  }

  /** The record at a place of this part, counted from 0. */
  public TextRecord record(int place) {
    return text.record(positions.get(place));
  }

  /** All of its records, each read when it is reached. */
  public Stream<TextRecord> records() {
    return positions.stream().map(text::record);
  }
}
