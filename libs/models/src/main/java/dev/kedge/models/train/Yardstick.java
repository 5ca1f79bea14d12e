package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * What a protection with λ = 1 would charge for the way that full fine-tuning goes, and the task
 * loss there. In its units one grid of λ serves all methods.
 *
 * @param penalty the price of full fine-tuning's Δ, above 0
 * @param taskLoss its task loss
 */
public record Yardstick(double penalty, double taskLoss) {
  public Yardstick {
    if (!(penalty > 0) || !(taskLoss > 0)) {
      throw new IllegalArgumentException(
          "a relative λ needs a way that costs something: at full fine-tuning's end the penalty"
              + " is %s and the task loss %s; give an absolute λ".formatted(penalty, taskLoss));
    }
  }

  /** The λ that the loss is to be weighted with. */
  public double absolute(double relative) {
    return relative * taskLoss / penalty;
  }

  /**
   * Measures on batches.
   *
   * @param unit the protection, with λ = 1
   * @param run what full fine-tuning learnt, from which data
   * @param steps how many of the run's batches are looked at, from the first on
   * @param start all weights at the start
   * @param moved names of those that the protection holds
   * @param tuned all that full fine-tuning has moved, the held ones among them
   */
  public static <B extends Batch> Yardstick of(
      Protection unit,
      TrainingRun<B> run,
      int steps,
      Weights start,
      List<String> moved,
      Weights tuned) {
    Teacher<B> teacher = new Teacher<>(run.teacher(), start, unit.distillation().stream().toList());
    Weights all = start.with(tuned);
    Mean task = new Mean();
    Mean added = new Mean();
    for (int step = 0; step < steps; step++) {
      try (Scope scope = Scope.plain()) {
        for (B batch : run.batches().at(scope, step)) {
          Outputs outputs = run.learner().outputs(scope, all, batch);
          task.add(run.learner().loss(scope, outputs, batch).number(), batch);
          added.add(
              teacher.term(scope, batch, outputs).map(term -> (double) term.number()).orElse(0.0),
              batch);
        }
      }
    }
    return new Yardstick(
        added.value() + priceOfWay(unit, start.only(moved), tuned.only(moved)), task.value());
  }

  /** What does not depend on data. */
  private static double priceOfWay(Protection unit, Weights anchor, Weights tuned) {
    try (Scope scope = Scope.plain()) {
      List<Tensor> unused = TrainingKernels.KERNELS.tensors(scope, "zeros_like", tuned.all());
      Weights gradients = tuned.named(unused);
      double penalty =
          unit.penalty(anchor)
              .map(each -> each.addGradient(scope, tuned, gradients).weighted())
              .orElse(0.0);
      return penalty + unit.pull(anchor).map(each -> each.potential(scope, tuned)).orElse(0.0);
    }
  }

  private static final class Mean {
    private double sum;
    private long weight;

    void add(double value, Batch batch) {
      sum += value * batch.weight();
      weight += batch.weight();
    }

    double value() {
      return sum / weight;
    }
  }
}
