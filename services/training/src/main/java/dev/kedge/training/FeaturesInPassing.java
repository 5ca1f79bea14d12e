package dev.kedge.training;

import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.FeatureStore;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.Views;
import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Features that a run computes for itself, once for all its epochs.
 *
 * @param reader who reads them: {@code teacher} or {@code probe}
 */
record FeaturesInPassing(StageContext context, String reader) {
  /** A store of more rows would take gigabytes of the disk. */
  private static final long MOST_ROWS = 1_000_000;

  /** Whether so much is worth keeping. */
  static boolean areFew(Views<?> views) {
    return views.rows() <= MOST_ROWS;
  }

  /**
   * Computes them.
   *
   * @param weights all weights at the start
   */
  <B extends Batch> FeatureStore of(Learner<B> learner, Weights weights, Views<B> views) {
    Path folder = context.scratch().resolve(reader);
    try {
      FeatureStore.compute(folder, learner, weights, views, chunk -> report(chunk, views.chunks()));
      return FeatureStore.open(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void report(int done, int chunks) {
    context.checkStopping();
    context.progress(done, chunks, "chunks for the " + reader, Map.of());
  }
}
