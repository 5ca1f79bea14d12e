package dev.kedge.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this machine trains. */
@ConfigMapping(prefix = "kedge.training")
public interface TrainingSettings {
  /** Time between two snapshots of a run. */
  @WithDefault("PT15S")
  Duration saveInterval();

  /** Most samples that are computed at once; part of the numerics profile. */
  @WithDefault("256")
  int microBatch();
}
