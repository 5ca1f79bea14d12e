package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Trains step by step, always in this order: average the micro-batches' gradients, add the
 * penalty's gradient, take the norm of the total, clip, update.
 *
 * <p>Used by one thread at a time. Bit-identical between runs at an equal number of threads.
 */
public final class TrainingLoop<B extends Batch> implements AutoCloseable {
  private final Scope scope = Scope.plain();
  private final TrainingRun<B> run;
  private final Weights trainable;
  private final Weights all;
  private final Teacher<B> teacher;
  private final List<AnchoredPenalty> penalties;
  private final Optimiser optimiser;
  private int step;

  /**
   * @param frozen what the learner reads but nobody trains; must outlive the loop
   * @param start where the trained weights begin; copied
   */
  public TrainingLoop(TrainingRun<B> run, Weights frozen, Weights start) {
    this(
        run,
        frozen,
        start,
        (owner, weights) -> new AdamW(owner, weights, run.descent().weightDecay()));
  }

  TrainingLoop(
      TrainingRun<B> run,
      Weights frozen,
      Weights start,
      BiFunction<Scope, Weights, Optimiser> optimiser) {
    this.run = run;
    this.trainable = Autograd.leaves(scope, start);
    this.all = frozen.with(trainable);
    Weights anchor = Autograd.copies(scope, start);
    this.teacher = new Teacher<>(run.learner(), frozen.with(anchor), distillations(run));
    this.penalties =
        run.protections().stream().flatMap(each -> each.penalty(anchor).stream()).toList();
    this.optimiser = optimiser.apply(scope, trainable);
  }

  private static List<Distillation> distillations(TrainingRun<?> run) {
    return run.protections().stream().flatMap(each -> each.distillation().stream()).toList();
  }

  /** Number of steps done. */
  public int steps() {
    return step;
  }

  /** The weights that train, as they are now; the next step changes them. */
  public Weights trainable() {
    return trainable;
  }

  /**
   * Does one step.
   *
   * @throws DivergedException if loss or gradient is not finite; the weights stay as they were
   */
  public StepReport step() {
    try (Scope now = Scope.plain()) {
      Backward backward = backward(now);
      Weights gradients = trainable.named(backward.gradients);
      Penalty.Price price = addPenalties(now, gradients);
      double norm = KERNELS.number(now, "clip", gradients.all(), run.descent().clipNorm());
      requireFinite(backward.task + backward.added + price.weighted(), norm);
      double rate = run.descent().schedule().rate(step);
      optimiser.update(now, trainable, gradients, step, rate);
      run.learner().constrain(now, trainable);
      double added = backward.added + price.weighted();
      return new StepReport(step++, rate, backward.task, added, price.raw(), norm);
    }
  }

  private Penalty.Price addPenalties(Scope now, Weights gradients) {
    return penalties.stream()
        .map(each -> each.addGradient(now, trainable, gradients))
        .reduce(Penalty.Price.NONE, Penalty.Price::plus);
  }

  private void requireFinite(double loss, double norm) {
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw new DivergedException(step, loss, norm);
    }
  }

  private Backward backward(Scope now) {
    List<B> parts = run.batches().at(now, step);
    int weight = parts.stream().mapToInt(Batch::weight).sum();
    Backward sum = null;
    for (B part : parts) {
      Backward each = backward(now, part, (double) part.weight() / weight);
      sum = sum == null ? each : sum.plus(now, each);
    }
    if (sum == null) {
      throw new IllegalStateException("step " + step + " has no batch");
    }
    return sum;
  }

  /** Loss and gradients of a micro-batch, weighted by its share of the batch. */
  private Backward backward(Scope now, B part, double share) {
    try (Scope tape = Scope.recording()) {
      Outputs outputs = run.learner().outputs(tape, all, part);
      Tensor task = run.learner().loss(tape, outputs, part);
      Optional<Tensor> added = teacher.term(tape, part, outputs);
      Tensor total = added.map(term -> KERNELS.tensor(tape, "sum_of", task, term)).orElse(task);
      List<Tensor> gradients = Autograd.gradients(tape, total, trainable.all());
      gradients.forEach(gradient -> now.take(gradient, tape));
      if (share < 1) {
        KERNELS.run(now, "scale", List.of(gradients, share));
      }
      double addedLoss = added.map(term -> Autograd.value(now, term)).orElse(0.0);
      return new Backward(gradients, share * Autograd.value(now, task), share * addedLoss);
    }
  }

  private record Backward(List<Tensor> gradients, double task, double added) {
    Backward plus(Scope now, Backward other) {
      KERNELS.run(now, "add_scaled", List.of(gradients, other.gradients, 1.0));
      return new Backward(gradients, task + other.task, added + other.added);
    }
  }

  /** Copies everything that {@link #restore} needs; the run may go on at once. */
  public TrainingState state() {
    return new TrainingState(step, stateful().snapshot());
  }

  /** Goes back, or on, to a saved state of a run with the same settings. */
  public void restore(TrainingState state) throws IOException {
    stateful().restore(state.tensors());
    step = state.step();
  }

  private Weights stateful() {
    return trainable.prefixed("weights.").with(optimiser.state().prefixed("optimiser."));
  }

  @Override
  public void close() {
    scope.close();
  }
}
