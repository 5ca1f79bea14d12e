package dev.kedge.training;

import dev.kedge.models.train.StepReport;
import dev.kedge.stage.StageContext;
import java.util.List;
import java.util.Map;

/** Tells watchers how far a run is, all its phases counted, and how fast. */
final class ProgressReporter {
  /** Weight of the newest step in the moving average of the speed. */
  private static final double NEWEST = 0.1;

  private final Phase phase;
  private final long before;
  private final long total;
  private final StageContext context;
  private long last = System.nanoTime();
  private double secondsPerStep;

  ProgressReporter(List<Phase> phases, int index, StageContext context) {
    this.phase = phases.get(index);
    this.before = steps(phases.subList(0, index));
    this.total = steps(phases);
    this.context = context;
  }

  private static long steps(List<Phase> phases) {
    return phases.stream().mapToLong(Phase::steps).sum();
  }

  void report(StepReport step) {
    long now = System.nanoTime();
    double seconds = (now - last) / 1e9;
    last = now;
    secondsPerStep = secondsPerStep == 0 ? seconds : average(seconds);
    context.worked("samples", phase.batchSize());
    context.progress(
        before + step.step() + 1,
        total,
        "steps",
        Map.of(
            "loss", step.totalLoss(),
            "task_loss", step.taskLoss(),
            "gradient_norm", step.gradientNorm(),
            "learning_rate", step.rate(),
            "samples_per_second", phase.batchSize() / secondsPerStep));
  }

  private double average(double seconds) {
    return NEWEST * seconds + (1 - NEWEST) * secondsPerStep;
  }
}
