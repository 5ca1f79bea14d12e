package dev.kedge.worker;

import dev.kedge.stage.v1.StageKind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** What a worker pulls, and where it has it run. */
@ConfigMapping(prefix = "kedge.worker")
public interface WorkerConfig {
  /** The kinds of stage that the service beside it runs, for example {@code TRAIN,FISHER}. */
  Set<StageKind> kinds();

  /** Stages of one kind at a time: as many as the service has GPUs, or CPU slots. */
  @WithDefault("1")
  int slots();

  /** {@code HOST:PORT} of the stage service. */
  @WithDefault("127.0.0.1:9000")
  String stageAddress();

  /** How long the service may be out of sight before the stage goes to another worker. */
  @WithDefault("10m")
  Duration outOfSight();

  /**
   * How long Temporal may be out of sight before the worker leaves its stage, which its service
   * then saves and stops unless it is asked for elsewhere.
   */
  @WithDefault("15m")
  Duration temporalOutOfSight();
}
