package dev.kedge.fisher;

import dev.kedge.models.fisher.RunningSums;
import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One way through the calibration samples. The sums are kept now and then, and an attempt that
 * finds some goes on from there to the same bits.
 *
 * @param size number of samples
 * @param atOnce samples of a batch
 * @param unit what the samples are, plural
 * @param saveInterval time between two times that the sums are kept
 */
record CalibrationPass(
    StageContext context, int size, int atOnce, String unit, Duration saveInterval) {
  /** As often as training keeps its progress. */
  static final Duration SAVE_INTERVAL = Duration.ofSeconds(15);

  private static final String FILE = "sums.safetensors";

  /**
   * Adds the samples from a place in the draw up to another, or to the last where that is first.
   */
  interface Batch {
    void add(int from, int to) throws IOException;
  }

  /** Adds every sample to the sums, those that were added by an earlier attempt apart. */
  void run(RunningSums sums, Batch batch) throws IOException {
    Optional<Path> kept = context.resumed();
    if (kept.isPresent()) {
      sums.restore(kept.get().resolve(FILE));
      context.info("goes on after %d of %d %s".formatted(sums.samples(), size, unit));
    }
    long last = System.nanoTime();
    while (sums.samples() < size) {
      if (context.stopping()) {
        keep(sums);
        context.checkStopping();
      }
      batch.add(sums.samples(), sums.samples() + atOnce);
      context.progress(sums.samples(), size, unit, Map.of());
      if (System.nanoTime() - last >= saveInterval.toNanos()) {
        keep(sums);
        last = System.nanoTime();
      }
    }
  }

  private void keep(RunningSums sums) throws IOException {
    Path folder = Files.createDirectories(context.scratch().resolve("progress-" + sums.samples()));
    sums.write(folder.resolve(FILE));
    context.saveProgress(folder);
  }
}
