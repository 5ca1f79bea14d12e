package dev.kedge.process;

import dev.kedge.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What a process measures of its requests to the store. docs/operations.md tells what to do. */
final class StoreMetrics {
  private final MeterProvider<Timer> requests;
  private final Counter read;
  private final Counter written;

  StoreMetrics(MeterRegistry registry) {
    requests =
        Timer.builder("kedge.store.request")
            .description("Requests to the store, by operation and outcome")
            .serviceLevelObjectives(
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10))
            .withRegistry(registry);
    MeterProvider<Counter> bytes =
        Counter.builder("kedge.store.bytes")
            .description("Bytes read from and written to the store")
            .baseUnit("bytes")
            .withRegistry(registry);
    read = bytes.withTag("direction", "read");
    written = bytes.withTag("direction", "written");
  }

  <T> T timed(String operation, Supplier<T> request) {
    long start = System.nanoTime();
    try {
      T answer = request.get();
      ended(operation, "ok", start);
      return answer;
    } catch (StoreException failure) {
      ended(operation, outcome(failure), start);
      throw failure;
    }
  }

  void timedWrite(String operation, Runnable request) {
    timed(
        operation,
        () -> {
          request.run();
          return true;
        });
  }

  /** The connection broke while an object was read. */
  void cutOff(String operation, long start) {
    ended(operation, "cut_off", start);
  }

  void read(long bytes) {
    read.increment((double) bytes);
  }

  void written(long bytes) {
    written.increment((double) bytes);
  }

  private void ended(String operation, String outcome, long start) {
    requests
        .withTags("operation", operation, "outcome", outcome)
        .record(Duration.ofNanos(System.nanoTime() - start));
  }

  /** The kind of failure: {@code not_found}, {@code condition_failed}, {@code unavailable}, … */
  private static String outcome(StoreException failure) {
    return failure
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }
}
