package dev.kedge.process;

import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the store is in reach: everything that a process keeps lies there. */
@Readiness
class StoreReadiness implements HealthCheck {
  private final ObjectStore objects;

  @Inject
  StoreReadiness(ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public HealthCheckResponse call() {
    var health = HealthCheckResponse.named("store");
    try {
      objects.head("projects/");
      return health.up().build();
    } catch (StoreException outOfReach) {
      return health.down().withData("because", outOfReach.getMessage()).build();
    }
  }
}
