package dev.kedge.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kedge.gateway.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * A bucket of calls for each caller, from which every call takes one, and which fills with time.
 * Whoever is known has a bucket of their own wherever they call from; all that comes from one
 * address and says nobody's name shares one.
 */
@Startup
@ApplicationScoped
public class CallLimit {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /**
   * Of more callers at once, those are forgotten that have not called for longest. A bucket takes
   * some hundred bytes.
   */
  private static final int MOST_CALLERS = 100_000;

  private final CallsConfig config;
  private final Cache<String, Bucket> callers;
  private final Counter refused;

  CallLimit(CallsConfig config, MeterRegistry registry) {
    if (config.perSecond() < 0 || config.burst() < 1) {
      throw new IllegalStateException(
          "kedge.calls.per-second is %d and kedge.calls.burst is %d: set calls a second (0 for any number), and 1 or more at once"
              .formatted(config.perSecond(), config.burst()));
    }
    this.config = config;
    callers = Caffeine.newBuilder().maximumSize(MOST_CALLERS).expireAfterAccess(filling()).build();
    refused =
        Counter.builder("kedge.calls.refused")
            .description("Calls refused because their caller made too many")
            .register(registry);
  }

  /** After this long a bucket is full, as a new one is: it need not be kept. */
  private Duration filling() {
    return SECOND.plusSeconds(config.burst() / Math.max(1, config.perSecond()));
  }

  /**
   * Takes a call of somebody who is known.
   *
   * @return why it is refused; empty if it may go on
   */
  public Optional<Refusal> known(Caller caller) {
    return take("by " + caller.name(), caller.name());
  }

  /**
   * Takes a call of nobody who is known.
   *
   * @param address where it comes from
   * @return why it is refused; empty if it may go on
   */
  public Optional<Refusal> unknown(String address) {
    return take("from " + address, "callers without a name from " + address);
  }

  private Optional<Refusal> take(String bucket, String caller) {
    if (config.perSecond() == 0) {
      return Optional.empty();
    }
    ConsumptionProbe probe = callers.get(bucket, first -> full()).tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return Optional.empty();
    }
    refused.increment();
    Duration next = Duration.ofNanos(probe.getNanosToWaitForRefill());
    return Optional.of(
        Refusal.tooMany(
            "CALLS_TOO_MANY",
            "%s may call %d times a second, and called more often: wait, or have the gateway's kedge.calls.per-second (KEDGE_CALLS_PER_SECOND) raised"
                .formatted(caller, config.perSecond()),
            next.compareTo(SECOND) < 0 ? SECOND : next));
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(config.burst()).refillGreedy(config.perSecond(), SECOND))
        .build();
  }
}
