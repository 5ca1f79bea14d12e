package dev.kedge.worker;

import dev.kedge.stage.v1.StageKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/**
 * What a worker counts beside what Temporal's SDK does: how its attempts at stages ended. Ends are
 * {@code result}, {@code held}, {@code cancelled}, or the reason of a failure.
 */
@Singleton
public class WorkerMetrics {
  private final MeterProvider<Counter> attempts;

  /** Counters that show nothing yet. */
  public WorkerMetrics(MeterRegistry registry) {
    attempts =
        Counter.builder("kedge.worker.attempts")
            .description("Attempts at stages, by kind and how they ended for Temporal")
            .withRegistry(registry);
  }

  void ended(StageKind kind, String how) {
    attempts.withTags("kind", kind.name(), "end", how).increment();
  }
}
