package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.SystemCheck;
import dev.kedge.v1.SystemCheck.Outcome;
import dev.kedge.v1.SystemServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class SystemApiTest extends GatewayFixture {
  @Inject Projects projects;

  @Test
  void storeAndTemporalAreWellAndAnOrchestratorThatIsNotThereIsMissed() {
    CheckSystemResponse found =
        SystemServiceGrpc.newBlockingStub(channel)
            .checkSystem(CheckSystemRequest.getDefaultInstance());

    assertThat(check(found, "store").getOutcome()).isEqualTo(Outcome.OK);
    assertThat(check(found, "clock of the store").getOutcome()).isEqualTo(Outcome.OK);
    assertThat(check(found, "disk of the gateway").getFound()).contains("GB are free");
    assertThat(check(found, "temporal").getOutcome()).isEqualTo(Outcome.OK);
    assertThat(check(found, "orchestrator").getOutcome()).isEqualTo(Outcome.TROUBLE);
    assertThat(check(found, "orchestrator").getRemedy()).contains("KEDGE_TEMPORAL_ADDRESS");
    assertThat(found.getVersion()).isNotEmpty();
    assertThat(projects.objects().list("probes/", "", 10)).isEmpty();
  }

  private static SystemCheck check(CheckSystemResponse found, String subject) {
    return found.getChecksList().stream()
        .filter(check -> check.getSubject().equals(subject))
        .findFirst()
        .orElseThrow();
  }
}
