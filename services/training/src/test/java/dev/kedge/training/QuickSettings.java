package dev.kedge.training;

import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.Optional;

/** Saves after almost every step, and computes a few samples at once. */
record QuickSettings() implements TrainingSettings {
  /** More memory than tests take. */
  static final MemoryLimits PLENTY = new MemoryLimits(1L << 32, 1L << 32);

  @Override
  public Duration saveInterval() {
    return Duration.ofMillis(1);
  }

  @Override
  public int microBatch() {
    return 5;
  }

  @Override
  public Optional<MemorySize> memory() {
    return Optional.empty();
  }
}
