package dev.kedge.training;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.stage.StageContext;
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

  /** Trains to the end and gives all weights, trained and untouched ones. */
  Weights run(TrainingPlan plan) throws IOException {
    Optional<Progress> resumed = resumed();
    int first = resumed.map(Progress::phase).orElse(0);
    if (resumed.isPresent()) {
      changed = Weights.read(scope, resumed.get().earlier());
    }
    for (int i = first; i < plan.phases().size(); i++) {
      Phase phase = plan.phases().get(i);
      try (TrainingLoop<?> loop = phase.loop().apply(plan.start().with(changed))) {
        if (i == first && resumed.isPresent()) {
          loop.restore(resumed.get().state());
        }
        train(phase, i, loop);
        changed = changed.with(Weights.read(scope, loop.trainable().snapshot()));
      }
    }
    return plan.start().with(changed);
  }

  private Optional<Progress> resumed() throws IOException {
    Optional<Path> folder = context.resumed();
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Progress progress = Progress.read(folder.get(), trace);
    context.info(
        "goes on after step %d of phase %d"
            .formatted(progress.state().step(), progress.phase() + 1));
    return Optional.of(progress);
  }

  private void train(Phase phase, int index, TrainingLoop<?> loop) throws IOException {
    Pace pace = new Pace(phase, context);
    try (ProgressSaver saver = new ProgressSaver(context, saveInterval)) {
      while (loop.steps() < phase.steps()) {
        if (context.stopping()) {
          saver.save(snapshot(index, loop));
          saver.await();
          context.checkStopping();
        }
        trace.add(phase, loop.step());
        pace.report(trace.last());
        saver.saveWhenDue(() -> snapshot(index, loop));
      }
      saver.await();
    }
  }

  private Progress snapshot(int phase, TrainingLoop<?> loop) {
    return new Progress(phase, changed.snapshot(), loop.state(), trace.points());
  }
}
