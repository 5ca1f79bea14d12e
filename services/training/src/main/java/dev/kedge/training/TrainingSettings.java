package dev.kedge.training;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How this machine trains. */
@ConfigMapping(prefix = "kedge.training")
public interface TrainingSettings {
  /** Time between two snapshots of a run. */
  @WithDefault("15s")
  Duration saveInterval();

  /** Most samples that are computed at once where memory takes more. */
  @WithDefault("256")
  int microBatch();

  /**
   * Native memory that one run may use; by default a slot's share of three quarters of what the
   * machine, or the container, has beside the Java heap. Equal machines need equal values to make
   * equal bits of runs that do not fit at once.
   */
  Optional<MemorySize> memory();
}
