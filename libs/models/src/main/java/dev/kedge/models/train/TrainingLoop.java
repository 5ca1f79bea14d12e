package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.MemoryTensors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Trains step by step, always in this order: average the micro-batches' gradients, add the
 * penalties' gradients, take the norm of the total, clip, pull back, update, average the path, look
 * at the validation data.
 *
 * <p>Used by one thread at a time. Bit-identical between runs at an equal number of threads.
 */
public final class TrainingLoop<B extends Batch> implements AutoCloseable {
  private final Scope scope = Scope.plain();
  private final TrainingRun<B> run;
  private final MovedWeights weights;
  private final BatchGradients<B> gradients;
  private final List<AnchoredPenalty> penalties;
  private final List<AnchoredPull> pulls;
  private final Optimiser optimiser;
  private final Trajectory path;
  private final Optional<Watch<B>> watch;
  private int step;

  /**
   * @param frozen what the learner reads but nobody trains; must outlive the loop
   * @param start where the moved weights begin, which {@link Protection#moved} names; copied
   */
  public TrainingLoop(TrainingRun<B> run, Weights frozen, Weights start) {
    this(run, frozen, start, (owner, trained) -> new AdamW(owner, trained, run.descent()));
  }

  TrainingLoop(
      TrainingRun<B> run,
      Weights frozen,
      Weights start,
      BiFunction<Scope, Weights, Optimiser> optimiser) {
    this.run = run;
    try {
      this.weights = MovedWeights.of(scope, start, run.protections());
      Weights anchor = weights.anchor();
      Teacher<B> teacher = new Teacher<>(run.teacher(), frozen.with(anchor), run.distillations());
      this.gradients =
          new BatchGradients<>(
              run.learner(), teacher, frozen.with(weights.moved()), weights.moved());
      this.penalties =
          run.protections().stream().flatMap(each -> each.penalty(anchor).stream()).toList();
      this.pulls = run.protections().stream().flatMap(each -> each.pull(anchor).stream()).toList();
      this.optimiser = optimiser.apply(scope, weights.trained());
      this.path = new Trajectory(scope, weights.trained(), run.protections());
      this.watch = run.earlyStop().map(rule -> new Watch<>(scope, rule, gradients, weights));
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  /** Number of steps done. */
  public int steps() {
    return step;
  }

  /** Whether an early stop has ended the run. */
  public boolean isStopped() {
    return watch.filter(Watch::isOver).isPresent();
  }

  /** The moved weights as they are now; the next step changes them. */
  public Weights moved() {
    return weights.moved();
  }

  /** What gradient descent changes, as it is now: the moved weights, or adapters in their place. */
  public Weights trained() {
    return weights.trained();
  }

  /**
   * Does one step.
   *
   * @throws DivergedException if loss or gradient is not finite; the weights stay as they were
   */
  public StepReport step() {
    try (Scope now = Scope.plain()) {
      watch.ifPresent(each -> each.lookAtTheStart(path.result()));
      List<B> parts = run.batches().at(now, step);
      BatchGradients.Sum sum = gradients.of(now, parts);
      Weights moved = weights.moved().named(sum.gradients());
      Penalty.Price price = addPenalties(now, moved);
      Weights trained = weights.pullBack(now, moved);
      double norm = KERNELS.tensor(now, "clip", trained.all(), run.descent().clipNorm()).number();
      requireFinite(sum.task() + sum.added() + price.weighted(), norm, parts);
      double rate = run.descent().schedule().rate(step);
      change(now, trained, rate);
      double added = sum.added() + price.weighted();
      return new StepReport(step++, rate, sum.task(), added, price.raw(), norm);
    }
  }

  private Penalty.Price addPenalties(Scope now, Weights sums) {
    return penalties.stream()
        .map(each -> each.addGradient(now, weights.moved(), sums))
        .reduce(Penalty.Price.NONE, Penalty.Price::plus);
  }

  private void requireFinite(double loss, double norm, List<B> parts) {
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      List<String> samples =
          parts.stream().flatMap(part -> part.samples().stream()).map(Batch.Sample::name).toList();
      throw new DivergedException(step, loss, norm, samples);
    }
  }

  private void change(Scope now, Weights trainedGradients, double rate) {
    pulls.forEach(pull -> weights.approach(now, pull, rate, run.descent().factors()));
    optimiser.update(now, weights.trained(), trainedGradients, step, rate);
    run.learner().constrain(now, weights.trained());
    weights.refresh(now);
    path.add(now);
    watch.ifPresent(each -> each.after(step + 1, path.result()));
  }

  /** The result so far: the best weights seen, the path's average, or its end. */
  public MemoryTensors result() {
    try (Scope now = Scope.plain()) {
      return weights.from(now, trainedResult()).snapshot();
    }
  }

  /** The adapters of the result; empty without {@link Lora}. */
  public Optional<LoraAdapter> adapter() {
    return weights.parametrisation() instanceof LowRank adapters
        ? Optional.of(LoraAdapter.of(adapters, trainedResult()))
        : Optional.empty();
  }

  private Weights trainedResult() {
    return watch.map(Watch::best).orElseGet(path::result);
  }

  /** Copies everything that {@link #restore} needs; the run may go on at once. */
  public TrainingState state() {
    return new TrainingState(step, stateful().snapshot());
  }

  /** Goes back, or on, to a saved state of a run with the same settings. */
  public void restore(TrainingState state) throws IOException {
    stateful().restore(state.tensors());
    step = state.step();
    try (Scope now = Scope.plain()) {
      weights.refresh(now);
    }
  }

  private Weights stateful() {
    return weights
        .trained()
        .prefixed("weights.")
        .with(optimiser.state().prefixed("optimiser."))
        .with(path.state().prefixed("average."))
        .with(watch.map(Watch::state).orElse(new Weights(Map.of())).prefixed("best."));
  }

  @Override
  public void close() {
    scope.close();
  }
}
