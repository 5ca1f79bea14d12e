package dev.kedge.models.language;

import java.util.Arrays;
import java.util.List;

/**
 * Sequences that begin alike, in one row: what they share once, then what each has alone. A model
 * computes no token of a prompt twice, however many answers are scored behind it.
 *
 * @param sequences at least one
 * @param shared tokens at the beginning that all have and none scores behind
 */
public record AnswerTree(List<AnswerSequence> sequences, int shared) {
  public AnswerTree {
    sequences = List.copyOf(sequences);
    if (sequences.isEmpty() || shared < 0 || shared > most(sequences)) {
      throw new IllegalArgumentException(
          "%d tokens cannot be shared by %d sequences".formatted(shared, sequences.size()));
    }
  }

  /** A sequence that shares nothing. */
  public static AnswerTree of(AnswerSequence alone) {
    return new AnswerTree(List.of(alone), 0);
  }

  /** Sequences with all that they share. */
  public static AnswerTree of(List<AnswerSequence> sequences) {
    long[] first = sequences.get(0).ids();
    int shared = most(sequences);
    for (AnswerSequence other : sequences) {
      int differs = Arrays.mismatch(first, 0, shared, other.ids(), 0, shared);
      shared = differs < 0 ? shared : differs;
    }
    return new AnswerTree(sequences, shared);
  }

  private static int most(List<AnswerSequence> sequences) {
    return sequences.stream().mapToInt(each -> each.inputs() - each.answer()).min().orElse(0);
  }

  /** Tokens of the row. */
  public int tokens() {
    return shared + sequences.stream().mapToInt(each -> each.inputs() - shared).sum();
  }

  /** Whether the row is an ordinary sequence. */
  boolean isStraight() {
    return sequences.size() == 1;
  }
}
