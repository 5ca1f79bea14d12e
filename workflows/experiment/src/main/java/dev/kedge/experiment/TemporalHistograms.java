package dev.kedge.experiment;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.stream.Stream;

/** Gives the timers of Temporal's SDK a few steps, where it asks for some seventy of each. */
final class TemporalHistograms implements MeterFilter {
  private static final double[] STEPS_NANOS =
      Stream.of(
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofSeconds(10),
              Duration.ofMinutes(1),
              Duration.ofMinutes(10),
              Duration.ofHours(1))
          .mapToDouble(step -> (double) step.toNanos())
          .toArray();

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    if (!id.getName().startsWith("temporal_") || id.getType() != Meter.Type.TIMER) {
      return config;
    }
    return DistributionStatisticConfig.builder()
        .percentilesHistogram(false)
        .serviceLevelObjectives(STEPS_NANOS)
        .build()
        .merge(config);
  }
}
