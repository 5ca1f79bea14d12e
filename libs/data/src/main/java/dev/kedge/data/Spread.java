package dev.kedge.data;

import java.util.Arrays;

/**
 * How far whole numbers are apart.
 *
 * @param median of an even count the lower one
 */
public record Spread(int least, int median, int most) {
  /** Of at least one number. */
  public static Spread of(int[] numbers) {
    int[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return new Spread(sorted[0], sorted[(sorted.length - 1) / 2], sorted[sorted.length - 1]);
  }
}
