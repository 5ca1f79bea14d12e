package dev.kedge.stage;

import dev.kedge.stage.v1.StageKind;
import java.util.HashMap;
import java.util.Map;

/** Counts the work of one attempt, where the stage itself says how far it is. */
final class WorkMeter {
  private final StageMetrics metrics;
  private final StageKind kind;
  private final Map<String, Long> reached = new HashMap<>();
  private boolean resumed;

  WorkMeter(StageMetrics metrics, StageKind kind) {
    this.metrics = metrics;
    this.kind = kind;
  }

  /** The first that is told of each unit is what an earlier attempt did, and not counted. */
  synchronized void resumed() {
    resumed = true;
  }

  /**
   * So much is done in all. What is less than before is a new pass over the data.
   *
   * @param unit its first word counts, so that its values are few
   */
  synchronized void reached(String unit, long done) {
    String word = unit.split(" ", 2)[0];
    Long before = reached.put(word, done);
    if (before != null) {
      metrics.worked(kind, word, done >= before ? done - before : done);
    } else if (!resumed) {
      metrics.worked(kind, word, done);
    }
  }

  /** So much more is done. */
  void more(String unit, long amount) {
    metrics.worked(kind, unit, amount);
  }
}
