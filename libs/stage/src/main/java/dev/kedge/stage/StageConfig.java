package dev.kedge.stage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How this process runs stages. */
@ConfigMapping(prefix = "kedge.stage")
public interface StageConfig {
  /** Stages that compute at once. */
  @WithDefault("1")
  int slots();

  /** A lease that was not renewed for so long may be taken over. The same in all processes. */
  @WithDefault("30s")
  Duration leaseTtl();

  /**
   * How long a stage goes on after its last caller vanished; twice as long after somebody asked for
   * it at another process. 35 s at least.
   */
  @WithDefault("60s")
  Duration callerGrace();

  /** How long work waits for a store that is out of reach before it fails. */
  @WithDefault("10m")
  Duration storePatience();

  /** How long a process that goes down waits for its stages to save. */
  @WithDefault("25s")
  Duration stopPatience();

  /** Where stages get their private folders; by default under the system's temporary folder. */
  Optional<Path> scratch();

  /** This process's name in leases and lineage; by default host and process id. */
  Optional<String> holder();
}
