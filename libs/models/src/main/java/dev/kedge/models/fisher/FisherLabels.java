package dev.kedge.models.fisher;

import static dev.kedge.models.fisher.SquaredGradients.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.SplittableRandom;

/** Whose labels a Fisher information is taken for. */
public sealed interface FisherLabels {
  /**
   * How many backward passes a batch needs.
   *
   * @param classes classes, or tokens of the vocabulary
   */
  int rounds(int classes);

  /**
   * A scalar whose squared per-sample gradients are one round's share.
   *
   * @param round from 0
   */
  Tensor likelihood(Scope scope, Rows rows, int round);

  /**
   * What a model says of a batch, a row for each sample of images or each scored token of text.
   *
   * @param logits {@code [rows, classes]}
   * @param observed the data's labels, {@code [rows]}
   * @param shares what each row counts for, {@code [rows]}
   * @param first number of rows before the batch
   */
  record Rows(Tensor logits, Tensor observed, Tensor shares, long first) {
    Tensor likelihood(Scope scope, Tensor labels) {
      return KERNELS.tensor(scope, "rows_likelihood", logits, labels, shares);
    }

    /** The derivative of the likelihood at the logits. */
    Tensor gradient(Scope scope, Tensor labels) {
      return KERNELS.tensor(scope, "logit_gradient", logits, labels, shares);
    }
  }

  /** One label for each row. */
  sealed interface OnePerRow extends FisherLabels {
    /** A round's labels, {@code [rows]}. */
    Tensor labels(Scope scope, Rows rows, int round);

    /** What a round's likelihood is multiplied by. */
    double weight();

    @Override
    default Tensor likelihood(Scope scope, Rows rows, int round) {
      Tensor likelihood = rows.likelihood(scope, labels(scope, rows, round));
      return KERNELS.tensor(scope, "times", likelihood, weight());
    }
  }

  /** The data's: the empirical Fisher information. */
  record Observed() implements OnePerRow {
    @Override
    public int rounds(int classes) {
      return 1;
    }

    @Override
    public Tensor labels(Scope scope, Rows rows, int round) {
      return rows.observed();
    }

    @Override
    public double weight() {
      return 1;
    }
  }

  /**
   * Every class, weighted by the probability the model gives it: the Fisher information itself, of
   * samples that have one row each.
   */
  record Expected() implements FisherLabels {
    @Override
    public int rounds(int classes) {
      return classes;
    }

    @Override
    public Tensor likelihood(Scope scope, Rows rows, int round) {
      return KERNELS.tensor(scope, "weighted_likelihood", rows.logits(), round);
    }
  }

  /**
   * Labels drawn from the model's own distribution: in the mean over draws the Fisher information
   * itself. Of text every scored token is drawn by itself, behind the data's tokens.
   *
   * @param draws how many for each row, at least 1; each is a backward pass
   * @param seed of the draws, which depend on it and on a row's number alone
   * @param before number of rows before the first that is seen here, for a share of the samples
   */
  record Sampled(int draws, long seed, long before) implements OnePerRow {
    /** Of all samples. */
    public Sampled(int draws, long seed) {
      this(draws, seed, 0);
    }

    public Sampled {
      if (draws < 1) {
        throw new IllegalArgumentException("labels must be drawn at least once, not " + draws);
      }
    }

    @Override
    public int rounds(int classes) {
      return draws;
    }

    @Override
    public Tensor labels(Scope scope, Rows rows, int round) {
      return KERNELS.tensor(scope, "draw", rows.logits(), uniform(scope, rows, round));
    }

    /** Squares of gradients are then divided by the number of draws. */
    @Override
    public double weight() {
      return 1 / Math.sqrt(draws);
    }

    /** A number in [0, 1) for each row. */
    private Tensor uniform(Scope scope, Rows rows, int round) {
      // Neighbouring seeds begin far apart, so that their places never meet.
      long origin = new SplittableRandom(seed).nextLong();
      float[] numbers = new float[Math.toIntExact(rows.observed().shape()[0])];
      for (int i = 0; i < numbers.length; i++) {
        long place = (before + rows.first() + i) * draws + round;
        numbers[i] = new SplittableRandom(origin + place).nextInt(1 << 24) * 0x1p-24f;
      }
      return Tensor.of(scope, numbers, numbers.length);
    }
  }
}
