package dev.kedge.models.language;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Some sequences, padded on the right, and the places in them that predict an answer's token.
 *
 * <p>Attention looks back only, so padding changes nothing that is read; states and logits are
 * computed at the predicting places alone, in order of the sequences.
 */
public final class TokenBatch {
  private final long[] ids;
  private final int sequences;
  private final int tokens;
  private final long[] rows;
  private final long[] targets;
  private final int[] answers;
  private final long noise;

  private TokenBatch(List<AnswerSequence> sequences, long noise) {
    this.sequences = sequences.size();
    this.tokens = sequences.stream().mapToInt(AnswerSequence::inputs).max().orElseThrow();
    this.answers = sequences.stream().mapToInt(AnswerSequence::answer).toArray();
    this.ids = new long[Math.multiplyExact(this.sequences, tokens)];
    int scored = Arrays.stream(answers).sum();
    this.rows = new long[scored];
    this.targets = new long[scored];
    this.noise = noise;
    int row = 0;
    for (int i = 0; i < this.sequences; i++) {
      row = place(sequences.get(i), i, row);
    }
  }

  private int place(AnswerSequence sequence, int number, int firstRow) {
    long[] all = sequence.ids();
    System.arraycopy(all, 0, ids, number * tokens, sequence.inputs());
    int first = sequence.inputs() - sequence.answer();
    for (int i = 0; i < sequence.answer(); i++) {
      rows[firstRow + i] = (long) number * tokens + first + i;
      targets[firstRow + i] = all[first + i + 1];
    }
    return firstRow + sequence.answer();
  }

  /** A batch for a model as it is. */
  public static TokenBatch of(List<AnswerSequence> sequences) {
    return of(sequences, 0);
  }

  /**
   * A batch to learn from.
   *
   * @param noise seed of the dropout that is drawn when the batch is recorded for differentiation
   */
  public static TokenBatch of(List<AnswerSequence> sequences, long noise) {
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("a batch of sequences needs at least one");
    }
    return new TokenBatch(sequences, noise);
  }

  /** Number of sequences. */
  public int sequences() {
    return sequences;
  }

  /** Tokens of the longest sequence. */
  public int tokens() {
    return tokens;
  }

  /** Number of scored tokens, all sequences together. */
  public int scored() {
    return rows.length;
  }

  /** Number of scored tokens of each sequence. */
  public int[] answers() {
    return answers.clone();
  }

  long noise() {
    return noise;
  }

  /** {@code [sequences, tokens]}; what stands behind a sequence is 0 and never read. */
  public Tensor ids(Scope scope) {
    return Tensor.of(scope, ids, sequences, tokens);
  }

  /** The places that predict, as rows of {@code [sequences * tokens, width]}: {@code [scored]}. */
  public Tensor rows(Scope scope) {
    return Tensor.of(scope, rows, rows.length);
  }

  /** Whether every place predicts, so that nothing need be chosen. */
  boolean predictsEverywhere() {
    return rows.length == ids.length;
  }

  /** The tokens they predict: {@code [scored]}. */
  public Tensor targets(Scope scope) {
    return Tensor.of(scope, targets, targets.length);
  }

  /** Refuses ids that the token table has no row for. */
  void requireKnown(int vocabulary) {
    requireKnown(ids, vocabulary);
    requireKnown(targets, vocabulary);
  }

  private static void requireKnown(long[] ids, int vocabulary) {
    for (long id : ids) {
      if (id < 0 || id >= vocabulary) {
        throw new IllegalArgumentException(
            "token id " + id + " is outside the vocabulary of " + vocabulary);
      }
    }
  }
}
