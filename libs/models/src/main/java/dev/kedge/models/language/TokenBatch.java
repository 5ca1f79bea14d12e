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
  private final long[] places;
  private final long[] branches;
  private final boolean branched;
  private final int sequences;
  private final int tokens;
  private final long[] rows;
  private final long[] targets;
  private final int[] answers;
  private final long noise;

  private TokenBatch(List<AnswerTree> trees, long noise) {
    this.sequences = trees.size();
    this.tokens = trees.stream().mapToInt(AnswerTree::tokens).max().orElseThrow();
    this.branched = !trees.stream().allMatch(AnswerTree::isStraight);
    this.answers =
        trees.stream()
            .flatMap(tree -> tree.sequences().stream())
            .mapToInt(AnswerSequence::answer)
            .toArray();
    this.ids = new long[Math.multiplyExact(this.sequences, tokens)];
    this.places = new long[ids.length];
    this.branches = new long[ids.length];
    int scored = Arrays.stream(answers).sum();
    this.rows = new long[scored];
    this.targets = new long[scored];
    this.noise = noise;
    int row = 0;
    for (int i = 0; i < this.sequences; i++) {
      row = place(trees.get(i), i * tokens, row);
    }
  }

  /** Lays a tree out from a place on; the next row of what is scored. */
  private int place(AnswerTree tree, int from, int firstRow) {
    long[] first = tree.sequences().get(0).ids();
    lay(first, 0, tree.shared(), from, 0);
    int at = from + tree.shared();
    int row = firstRow;
    for (int branch = 0; branch < tree.sequences().size(); branch++) {
      AnswerSequence sequence = tree.sequences().get(branch);
      lay(sequence.ids(), tree.shared(), sequence.inputs(), at, branch + 1);
      row = score(sequence, at - tree.shared(), row);
      at += sequence.inputs() - tree.shared();
    }
    return row;
  }

  private void lay(long[] all, int from, int to, int at, int branch) {
    System.arraycopy(all, from, ids, at, to - from);
    for (int i = from; i < to; i++) {
      places[at + i - from] = i;
      branches[at + i - from] = branch;
    }
  }

  /** Notes what a sequence scores whose first token would stand at a place. */
  private int score(AnswerSequence sequence, int at, int firstRow) {
    long[] all = sequence.ids();
    int first = sequence.inputs() - sequence.answer();
    for (int i = 0; i < sequence.answer(); i++) {
      rows[firstRow + i] = (long) at + first + i;
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
    return new TokenBatch(requireSome(sequences).stream().map(AnswerTree::of).toList(), noise);
  }

  /** A batch of rows in each of which sequences share their beginning. */
  public static TokenBatch ofTrees(List<AnswerTree> trees) {
    return new TokenBatch(requireSome(trees), 0);
  }

  private static <T> List<T> requireSome(List<T> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a batch of sequences needs at least one");
    }
    return rows;
  }

  /** Where the tokens stand. */
  Layout layout(Scope scope) {
    return branched
        ? new Layout.Branching(
            Tensor.of(scope, places, sequences, tokens),
            Tensor.of(scope, branches, sequences, tokens))
        : new Layout.Aligned(tokens);
  }

  /** Number of rows; of sequences where none share a row. */
  public int sequences() {
    return sequences;
  }

  /** Tokens of the longest row. */
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
