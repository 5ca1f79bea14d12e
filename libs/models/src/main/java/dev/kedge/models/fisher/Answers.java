package dev.kedge.models.fisher;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.Arrays;

/** Which answers one round over a batch of text takes, and what each scored row counts for. */
final class Answers {
  private final float[] shares;
  private final FisherLabels.OnePerRow labels;
  private final long first;
  private final int round;

  /**
   * A round.
   *
   * @param shares what each scored row counts for
   * @param first number of rows before the batch
   * @param round from 0
   */
  Answers(float[] shares, FisherLabels.OnePerRow labels, long first, int round) {
    this.shares = shares;
    this.labels = labels;
    this.first = first;
    this.round = round;
  }

  /**
   * The likelihood's gradient at the logits of some rows.
   *
   * @param logits {@code [rows, vocabulary]}
   * @param observed the data's tokens, {@code [rows]}
   * @param from number of the first row in the batch
   */
  Tensor gradient(Scope scope, Tensor logits, Tensor observed, int from) {
    int count = Math.toIntExact(logits.shape()[0]);
    Tensor own = Tensor.of(scope, Arrays.copyOfRange(shares, from, from + count), count);
    var rows = new FisherLabels.Rows(logits, observed, own, first + from);
    return rows.gradient(scope, labels.labels(scope, rows, round));
  }
}
