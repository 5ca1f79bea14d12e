package dev.kedge.stage;

import dev.kedge.stage.v1.StageKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a process measures of its stages, and the one place that knows the names. Labels are kinds,
 * outcomes, units and reasons: all of them constants. docs/operations.md tells what to do.
 */
@Singleton
class StageMetrics {
  private final MeterRegistry registry;
  private final MeterProvider<Timer> lives;
  private final MeterProvider<Counter> failures;
  private final MeterProvider<Counter> refusals;
  private final MeterProvider<Counter> claims;
  private final MeterProvider<Counter> work;
  private final MeterProvider<LongTaskTimer> waiting;
  private final MeterProvider<LongTaskTimer> computing;

  @Inject
  StageMetrics(MeterRegistry registry) {
    this.registry = registry;
    lives =
        Timer.builder("kedge.stage")
            .description("Stages that ended here, from request to end, by kind and outcome")
            .serviceLevelObjectives(
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                Duration.ofHours(6),
                Duration.ofDays(1))
            .withRegistry(registry);
    failures =
        Counter.builder("kedge.stage.failures")
            .description("Stages that ended here without a result, by reason and blame")
            .withRegistry(registry);
    refusals =
        Counter.builder("kedge.stage.refusals")
            .description("Requests for stages that were refused at once, by reason")
            .withRegistry(registry);
    claims =
        Counter.builder("kedge.stage.claims")
            .description("Leases won: the first of a stage, or again after one that ended early")
            .withRegistry(registry);
    work =
        Counter.builder("kedge.stage.work")
            .description("Work done: steps, samples, images, records, …")
            .withRegistry(registry);
    waiting =
        LongTaskTimer.builder("kedge.stage.waiting")
            .description("Stages that wait for a slot now, and since when")
            .withRegistry(registry);
    computing =
        LongTaskTimer.builder("kedge.stage.computing")
            .description("Stages that compute now, and since when")
            .withRegistry(registry);
  }

  /** Shows what this process could do, before it has done anything. */
  void serve(Set<StageKind> kinds, ComputeSlots slots) {
    Gauge.builder("kedge.stage.slots", slots, ComputeSlots::total)
        .description("Stages that can compute at once")
        .register(registry);
    // Alarms wait for these: a rise from nothing at all would not be seen as one.
    refusals.withTag("reason", "KEY_MISMATCH");
    for (StageKind kind : kinds) {
      waiting(kind);
      computing(kind);
      lives.withTags("kind", kind.name(), "outcome", Outcome.COMMITTED.toString());
      claims.withTags("kind", kind.name(), "attempt", "again");
      alarming().forEach(failure -> failures(kind, failure));
    }
  }

  void ended(StageKind kind, Outcome outcome, Duration life) {
    lives.withTags("kind", kind.name(), "outcome", outcome.toString()).record(life);
  }

  /** Failures that alarms wait for. */
  private static List<StageException> alarming() {
    return Stream.of(
            new IllegalStateException("not seen yet"),
            new StageStopped(StageStopped.Why.LEASE_LOST))
        .map(StageFailures::known)
        .toList();
  }

  void failed(StageKind kind, StageException failure) {
    failures(kind, failure).increment();
  }

  private Counter failures(StageKind kind, StageException failure) {
    return failures.withTags(
        "kind", kind.name(), "reason", failure.reason(), "blame", failure.blame().toString());
  }

  void refused(StageException refusal) {
    refusals.withTag("reason", refusal.reason()).increment();
  }

  /**
   * @param epoch the lease's; the first of a stage is 1
   */
  void claimed(StageKind kind, long epoch) {
    claims.withTags("kind", kind.name(), "attempt", epoch == 1 ? "first" : "again").increment();
  }

  /** Started where a stage begins to wait for a slot, and stopped where it has one. */
  LongTaskTimer waiting(StageKind kind) {
    return waiting.withTag("kind", kind.name());
  }

  /** Started where a stage gets its slot, and stopped where it gives it back. */
  LongTaskTimer computing(StageKind kind) {
    return computing.withTag("kind", kind.name());
  }

  /**
   * @param unit plural, one word
   */
  void worked(StageKind kind, String unit, long amount) {
    work.withTags("kind", kind.name(), "unit", unit).increment((double) amount);
  }
}
