package dev.kedge.training;

import dev.kedge.models.train.LanguageSequences;
import java.util.stream.IntStream;

/**
 * The most that sequences hold.
 *
 * @param tokens that the model sees of one
 * @param answer scored tokens of one
 */
record Longest(int tokens, int answer) {
  /** Most tokens computed at once where memory takes more: a processor gains nothing by more. */
  private static final int TOKENS_AT_ONCE = 4096;

  static Longest of(LanguageSequences sequences) {
    return new Longest(
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
