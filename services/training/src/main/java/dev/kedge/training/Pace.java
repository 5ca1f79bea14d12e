package dev.kedge.training;

import dev.kedge.models.train.StepReport;
import dev.kedge.stage.StageContext;
import java.util.Map;

/** Tells watchers how far a phase is, and how fast. */
final class Pace {
  /** Weight of the newest step in the moving average of the speed. */
  private static final double NEWEST = 0.1;

  private final Phase phase;
  private final StageContext context;
  private long last = System.nanoTime();
  private double secondsPerStep;

  Pace(Phase phase, StageContext context) {
    this.phase = phase;
    this.context = context;
  }

  void report(StepReport step) {
    long now = System.nanoTime();
    double seconds = (now - last) / 1e9;
    last = now;
    secondsPerStep = secondsPerStep == 0 ? seconds : average(seconds);
    context.progress(
        step.step() + 1L,
        phase.steps(),
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
