package dev.kedge.stage;

import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.Scratch;
import dev.kedge.tracing.Traces;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the stages of this process together, and asks them to stop when it goes down. */
@ApplicationScoped
class StageBeans {
  @Produces
  @Singleton
  StageSettings settings(
      StageConfig config, @ConfigProperty(name = "quarkus.application.version") String version) {
    return new StageSettings(
        config.slots(),
        config.leaseTtl(),
        callerGrace(config),
        config.storePatience(),
        config.stopPatience(),
        Scratch.under(config.scratch().orElseGet(() -> temporary().resolve("scratch"))),
        config.holder().orElseGet(HolderName::ofThisProcess),
        version);
  }

  private static Duration callerGrace(StageConfig config) {
    Duration grace = config.callerGrace();
    if (grace.compareTo(WantedElsewhere.SHORTEST_GRACE) < 0) {
      throw new IllegalArgumentException(
          "kedge.stage.caller-grace (KEDGE_STAGE_CALLER_GRACE) is %s s: give it %d s or more, or leave it out; whoever is told that a stage is held asks again after a minute, and would find it given up"
              .formatted(seconds(grace), WantedElsewhere.SHORTEST_GRACE.toSeconds()));
    }
    return grace;
  }

  private static BigDecimal seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros();
  }

  /** Made at start-up, so that a store that cannot be used is found then. */
  @Produces
  @Singleton
  @Startup
  Stages stages(
      @All List<StageExecutor> executors,
      StageSettings settings,
      StageMetrics metrics,
      Traces traces,
      ObjectStore objects,
      BlobCache cache) {
    return new Stages(executors, StageEngine.of(settings, metrics, traces), objects, cache);
  }

  /** Before any bean is taken down: stages need the store to save. */
  void goDown(@Observes ShutdownEvent event, Stages stages) {
    stages.close();
  }

  static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"), "kedge-" + ProcessHandle.current().pid());
  }
}
