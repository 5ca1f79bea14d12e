package dev.kedge.stage;

import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready for stages while the store is in reach. */
@Readiness
class StoreReadiness implements HealthCheck {
  private final ObjectStore objects;
  private final Stages stages;

  @Inject
  StoreReadiness(ObjectStore objects, Stages stages) {
    this.objects = objects;
    this.stages = stages;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("stages")
            .withData("slots", stages.slots().total())
            .withData("slotsTaken", stages.slots().taken());
    try {
      objects.head("projects/");
      return health.up().build();
    } catch (StoreException outOfReach) {
      return health.down().withData("store", outOfReach.getMessage()).build();
    }
  }
}
