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
import java.nio.file.Path;
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
        config.callerGrace(),
        config.storePatience(),
        config.stopPatience(),
        Scratch.under(config.scratch().orElseGet(() -> temporary().resolve("scratch"))),
        config.holder().orElseGet(HolderName::ofThisProcess),
        version);
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
