package dev.kedge.stage;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the tested process goes by: a caller that has vanished is not waited for as long. */
@ApplicationScoped
class ImpatientSettings {
  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  StageSettings settings(
      StageConfig config, @ConfigProperty(name = "quarkus.application.version") String version) {
    StageSettings patient = new StageBeans().settings(config, version);
    return new StageSettings(
        patient.slots(),
        patient.leaseTtl(),
        Duration.ofSeconds(1),
        patient.storePatience(),
        patient.stopPatience(),
        patient.scratch(),
        patient.holder(),
        patient.version());
  }
}
