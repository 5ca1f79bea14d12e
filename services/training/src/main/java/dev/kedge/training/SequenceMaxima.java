package dev.kedge.training;

import dev.kedge.models.train.LanguageSequences;
import java.util.stream.IntStream;

/**
 * The lengths of the longest among some sequences.
 *
 * @param tokens most that the model sees of one
 * @param answer most scored tokens of one
 */
record SequenceMaxima(int tokens, int answer) {
  /** Most tokens computed at once where memory takes more: a processor gains nothing by more. */
  private static final int TOKENS_AT_ONCE = 4096;

  static SequenceMaxima of(LanguageSequences sequences) {
    return new SequenceMaxima(
        IntStream.range(0, sequences.size()).map(sequences::tokens).max().orElseThrow(),
        IntStream.range(0, sequences.size())
            .map(i -> sequences.at(i).answer())
            .max()
            .orElseThrow());
  }

  /** Sequences computed at once where memory takes more. */
  int atOnce() {
    return Math.max(1, TOKENS_AT_ONCE / tokens);
  }
}
