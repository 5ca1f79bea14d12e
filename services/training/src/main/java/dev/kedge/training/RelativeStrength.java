package dev.kedge.training;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.Protection;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.models.train.Yardstick;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Turns a λ that counts in what full fine-tuning costs into one that the loss is weighted with.
 *
 * @param task whose full run it is
 * @param plain the run without protections
 * @param moved names of the weights that move
 */
record RelativeStrength<B extends Batch>(
    StageContext context, TunableTask<B> task, TrainingRun<B> plain, List<String> moved) {
  /** The first batches speak for the data. */
  private static final int BATCHES = 8;

  /**
   * The protection at its λ.
   *
   * @param current all weights at the start
   */
  Protection of(ScaledProtection scaled, Weights current) {
    double lambda =
        scaled
            .fullRun()
            .map(full -> yardstick(scaled.unit(), full, current).absolute(scaled.lambda()))
            .orElse(scaled.lambda());
    return scaled.of().apply(lambda);
  }

  private Yardstick yardstick(Protection unit, Input fullRun, Weights current) {
    try (Scope scope = Scope.plain()) {
      Weights tuned = task.trained(scope, context.input(fullRun));
      Yardstick yardstick = Yardstick.of(unit, plain, BATCHES, current, moved, tuned);
      context.info(
          String.format(
              Locale.ROOT,
              "full fine-tuning costs %.6g at λ = 1 and has the task loss %.6g",
              yardstick.penalty(),
              yardstick.taskLoss()));
      return yardstick;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
