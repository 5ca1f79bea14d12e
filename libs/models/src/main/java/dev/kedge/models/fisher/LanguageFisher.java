package dev.kedge.models.fisher;

import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.LanguageTrace;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.MemoryTensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The diagonal Fisher information of a language model: the mean over sequences of the squared
 * gradient of log p(answer | prompt), for every weight; a tied head and its token table are one
 * tensor, whose two gradients are added before they are squared.
 *
 * <p>As {@link ClassifierFisher}, from one backward pass over a batch and set of labels. Logits are
 * never held as a whole: beside what a backward pass keeps, memory grows by one gradient of the
 * head. Units: nat² per squared unit of the weight.
 */
public final class LanguageFisher implements RunningSums {
  private static final String SAMPLES = "samples";
  private static final String ROWS = "rows";

  /** What of a sequence is differentiated. */
  public enum Unit {
    /** The sum over its answer's tokens: the sequence is the sample. */
    SEQUENCE,
    /** Their mean, as in the loss of training: smaller by the squared length of the answer. */
    TOKEN_MEAN
  }

  private final Scope scope = Scope.plain();
  private final LanguageModel model;
  private final Weights weights;
  private final Unit unit;
  private final FisherLabels.OnePerRow labels;
  private final Sums sums;
  private int samples;
  private long rows;

  /**
   * Starts from nothing.
   *
   * @param weights the model's; must outlive this
   * @throws IllegalArgumentException if the labels are {@link FisherLabels.Expected}
   */
  public LanguageFisher(LanguageModel model, Weights weights, Unit unit, FisherLabels labels) {
    if (!(labels instanceof FisherLabels.OnePerRow each)) {
      throw new IllegalArgumentException(
          "a language model's expected information would take a pass for every token that it knows:"
              + " draw the labels instead");
    }
    this.model = model;
    this.unit = unit;
    this.labels = each;
    this.sums = Sums.zeros(scope, weights, LanguageTensors.of(model.config()).keySet());
    // One differentiated weight at the very start makes autograd record all that follows.
    Weights start = weights.only(List.of(LanguageTensors.tokens(model.config())));
    this.weights = weights.with(Autograd.leaves(scope, start));
  }

  /**
   * Adds a batch.
   *
   * @param batch sequences; memory grows with their number times their length
   */
  public void add(TokenBatch batch) {
    try (Scope tape = Scope.recording()) {
      LanguageTrace trace = model.trace(tape, weights, batch);
      int rounds = labels.rounds(model.config().decoder().vocabulary());
      for (int round = 0; round < rounds; round++) {
        addSquares(tape, trace, batch, round);
      }
    }
    samples += batch.sequences();
    rows += batch.scored();
  }

  private void addSquares(Scope tape, LanguageTrace trace, TokenBatch batch, int round) {
    try (Scope now = Scope.plain()) {
      TableSquares tables = new TableSquares(now, model, weights, sums.tensors(), batch);
      Answers answers = new Answers(shares(batch), labels, rows, round);
      Tensor likelihood = tables.addHead(tape, trace.states(), answers);
      LanguageSquares squares = new LanguageSquares(now, model, sums.tensors());
      List<Tensor> outputs = squares.outputs(trace);
      outputs.addAll(List.of(trace.placed(), trace.tokens()));
      List<Tensor> gradients = Autograd.retainedGradients(now, likelihood, outputs);
      squares.addAll(trace, gradients);
      tables.addRead(gradients.get(gradients.size() - 1));
    }
  }

  /** What each scored row counts for. */
  private float[] shares(TokenBatch batch) {
    float[] shares = new float[batch.scored()];
    int from = 0;
    for (int rows : batch.answers()) {
      float share = unit == Unit.SEQUENCE ? 1f : 1f / rows;
      Arrays.fill(shares, from, from + rows, share * (float) labels.weight());
      from += rows;
    }
    return shares;
  }

  /** Number of sequences so far. */
  @Override
  public int samples() {
    return samples;
  }

  @Override
  public void write(Path file) throws IOException {
    sums.write(file, Map.of(SAMPLES, (long) samples, ROWS, rows));
  }

  @Override
  public void restore(Path file) throws IOException {
    Map<String, Long> counts = sums.restore(file);
    samples = Math.toIntExact(counts.get(SAMPLES));
    rows = counts.get(ROWS);
  }

  @Override
  public MemoryTensors mean() {
    return sums.mean(samples);
  }

  @Override
  public void close() {
    scope.close();
  }
}
