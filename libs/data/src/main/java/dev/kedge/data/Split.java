package dev.kedge.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A stratified split. Which part a sample falls into depends on the seed and on contents alone: not
 * on order or names. What is the same stays together: pictures of the same bytes, records of the
 * same text. Pictures that are in two classes are for training alone.
 */
public final class Split {
  private final int size;
  private final BitSet validation;

  private Split(int size, BitSet validation) {
    this.size = size;
    this.validation = validation;
  }

  /**
   * Splits samples. Every class gives the fraction, rounded, to validation, or one sample where
   * that is none, and never all. It gives less where copies of one content lie on both sides of the
   * cut, for they stay in training, and so none where all that would be given are such copies: a
   * class of one content gives none. Nor do pictures of two classes count as given.
   *
   * @param validationFraction in (0, 1)
   * @throws IllegalArgumentException if the fraction is outside
   */
  public static Split of(List<IndexedSample> samples, double validationFraction, long seed) {
    if (!(validationFraction > 0 && validationFraction < 1)) {
      throw new IllegalArgumentException(
          "validation_fraction must be between 0 and 1, both excluded, got " + validationFraction);
    }
    Map<String, Twins> twins =
        samples.stream().collect(Collectors.toMap(IndexedSample::content, Twins::of, Twins::with));
    BitSet validation = new BitSet(samples.size());
    IntStream.range(0, samples.size())
        .boxed()
        .collect(Collectors.groupingBy(i -> samples.get(i).label()))
        .values()
        .forEach(
            members ->
                draw(
                    members,
                    members.stream().map(i -> twins.get(samples.get(i).content())).toList(),
                    validationFraction,
                    seed,
                    validation));
    return new Split(samples.size(), validation);
  }

  /** Samples that are the same; the least of their digests stands for all. */
  private record Twins(String digest, int label, boolean ofTwoClasses) {
    static Twins of(IndexedSample sample) {
      return new Twins(sample.digest(), sample.label(), false);
    }

    Twins with(Twins other) {
      return new Twins(
          digest.compareTo(other.digest) <= 0 ? digest : other.digest,
          label,
          ofTwoClasses || other.ofTwoClasses || label != other.label);
    }
  }

  private static void draw(
      List<Integer> members, List<Twins> twins, double fraction, long seed, BitSet validation) {
    long[] ranks = twins.stream().mapToLong(one -> rank(one.digest(), seed)).toArray();
    long[] sorted = ranks.clone();
    Arrays.sort(sorted);
    long wanted = Math.max(1, Math.round(fraction * sorted.length));
    int end = (int) Math.min(wanted, sorted.length - 1L);
    for (int i = 0; end > 0 && i < ranks.length; i++) {
      validation.set(members.get(i), ranks[i] < sorted[end] && !twins.get(i).ofTwoClasses());
    }
  }

  private static long rank(String digest, long seed) {
    return ByteBuffer.wrap(Digests.of(seed + " " + digest)).getLong();
  }

  /** Positions of the training part, rising. */
  public int[] training() {
    return positions(i -> !validation.get(i));
  }

  /** Positions of the validation part, rising. */
  public int[] validation() {
    return positions(validation::get);
  }

  private int[] positions(IntPredicate part) {
    return IntStream.range(0, size).filter(part).toArray();
  }
}
