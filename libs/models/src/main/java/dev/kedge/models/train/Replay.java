package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches of the task, each completed by some of the calibration data: what stands for the lost
 * pre-training data is trained on beside the task.
 *
 * @param task what is seen of the task
 * @param calibration what is seen of the calibration data at the same step; its classes are the
 *     task's
 */
public record Replay<B extends Batch>(Batches<B> task, Batches<B> calibration)
    implements Batches<B> {
  /**
   * How many samples of a batch are replayed.
   *
   * @param fraction ρ, above 0 and below 1
   * @throws IllegalArgumentException if none, or all, would be
   */
  public static int share(int batchSize, double fraction) {
    int share = (int) Math.round(batchSize * fraction);
    if (share < 1 || share >= batchSize) {
      throw new IllegalArgumentException(
          "replay.fraction %s of a batch of %d is %d samples; it must leave at least one of either"
              .formatted(fraction, batchSize, share));
    }
    return share;
  }

  @Override
  public List<B> at(Scope scope, int step) {
    List<B> parts = new ArrayList<>(task.at(scope, step));
    parts.addAll(calibration.at(scope, step));
    return parts;
  }
}
