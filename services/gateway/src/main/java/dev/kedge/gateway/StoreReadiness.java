package dev.kedge.gateway;

import dev.kedge.store.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the store is in reach: all answers come from there. */
@Readiness
@ApplicationScoped
class StoreReadiness implements HealthCheck {
  private final Projects projects;

  StoreReadiness(Projects projects) {
    this.projects = projects;
  }

  @Override
  public HealthCheckResponse call() {
    var health = HealthCheckResponse.named("gateway");
    try {
      projects.objects().head("projects/");
      return health.up().build();
    } catch (StoreException outOfReach) {
      return health.down().withData("store", outOfReach.getMessage()).build();
    }
  }
}
