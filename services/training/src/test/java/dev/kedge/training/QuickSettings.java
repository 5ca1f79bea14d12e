package dev.kedge.training;

import java.time.Duration;

/** Saves after almost every step, and computes a few samples at once. */
record QuickSettings() implements TrainingSettings {
  @Override
  public Duration saveInterval() {
    return Duration.ofMillis(1);
  }

  @Override
  public int microBatch() {
    return 5;
  }
}
