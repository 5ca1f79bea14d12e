package dev.kedge.training;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.DivergedException;
import dev.kedge.models.train.LoraAdapter;
import dev.kedge.models.train.StepReport;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingState;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs a plan's phases one after another, from the newest saved progress where there is some. */
final class PhaseRunner {
  private final StageContext context;
  private final Scope scope;
  private final Duration saveInterval;
  private final Trace trace;

  /** What the phases that are done have changed. */
  private Weights changed = new Weights(Map.of());

  private Optional<LoraAdapter> adapter = Optional.empty();

  /**
   * A runner of one stage.
   *
   * @param scope owns the trained weights
   * @param trace takes the steps down
   */
  PhaseRunner(StageContext context, Scope scope, Duration saveInterval, Trace trace) {
    this.context = context;
    this.scope = scope;
    this.saveInterval = saveInterval;
    this.trace = trace;
  }

  /** Trains to the end. */
  TrainedModel run(TrainingPlan plan) throws IOException {
    int first = 0;
    Optional<Path> saved = context.resumed();
    if (saved.isPresent()) {
      first = goOn(plan, saved.get());
    }
    for (int i = first; i < plan.phases().size(); i++) {
      run(plan, i, Optional.empty());
    }
    return new TrainedModel(plan.conclusion().apply(plan.start().with(changed)), adapter);
  }

  /** Finishes the phase that was saved; gives the next one's position. */
  private int goOn(TrainingPlan plan, Path saved) throws IOException {
    try (Progress progress = Progress.read(saved, trace)) {
      int phase = progress.phase();
      context.info(
          "goes on after step %d of %s"
              .formatted(progress.state().step(), plan.phases().get(phase).name()));
      changed = Weights.read(scope, progress.earlier());
      run(plan, phase, Optional.of(progress.state()));
      return phase + 1;
    }
  }

  private void run(TrainingPlan plan, int phase, Optional<TrainingState> from) throws IOException {
    context.step(
        "phase " + plan.phases().get(phase).name(),
        () -> {
          try (TrainingLoop<?> loop = open(plan, phase)) {
            if (from.isPresent()) {
              loop.restore(from.get());
            }
            finish(plan, phase, loop);
          }
          return phase;
        });
  }

  private TrainingLoop<?> open(TrainingPlan plan, int phase) {
    try {
      return plan.phases().get(phase).loop().apply(plan.start().with(changed));
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_TRAINING", e.getMessage(), e);
    }
  }

  private void finish(TrainingPlan plan, int phase, TrainingLoop<?> loop) throws IOException {
    train(plan, phase, loop);
    changed = changed.with(Weights.read(scope, loop.result()));
    adapter = loop.adapter();
  }

  private void train(TrainingPlan plan, int index, TrainingLoop<?> loop) {
    Phase phase = plan.phases().get(index);
    ProgressReporter reporter = new ProgressReporter(plan.phases(), index, context);
    try (ProgressSaver saver = new ProgressSaver(context, saveInterval)) {
      while (loop.steps() < phase.steps() && !loop.isStopped()) {
        if (context.stopping()) {
          saver.save(() -> snapshot(index, loop));
          saver.await();
          context.checkStopping();
        }
        trace.add(phase, step(index, loop, saver));
        reporter.report(trace.last());
        saver.saveWhenDue(() -> snapshot(index, loop));
      }
      saver.await();
    }
  }

  /** One step; where it cannot be done, the state before it is kept. */
  private StepReport step(int index, TrainingLoop<?> loop, ProgressSaver saver) {
    try {
      return loop.step();
    } catch (DivergedException e) {
      context.info("the samples of the step that failed: " + String.join(", ", e.samples()));
      saver.save(() -> snapshot(index, loop));
      saver.await();
      throw e;
    }
  }

  private Progress snapshot(int phase, TrainingLoop<?> loop) {
    return new Progress(phase, changed.snapshot(), loop.state(), trace.points());
  }
}
