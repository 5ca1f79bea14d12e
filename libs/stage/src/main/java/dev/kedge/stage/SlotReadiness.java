package dev.kedge.stage;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how many compute slots there are and how many are taken; a full process is still ready. */
@Readiness
class SlotReadiness implements HealthCheck {
  private final Stages stages;

  @Inject
  SlotReadiness(Stages stages) {
    this.stages = stages;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("stages")
        .withData("slots", stages.slots().total())
        .withData("slotsTaken", stages.slots().taken())
        .up()
        .build();
  }
}
