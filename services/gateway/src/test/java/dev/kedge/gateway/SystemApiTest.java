package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.experiment.InspectionWorkflow;
import dev.kedge.experiment.TaskQueues;
import dev.kedge.stage.v1.Inspection;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.SystemCheck;
import dev.kedge.v1.SystemCheck.Outcome;
import dev.kedge.v1.SystemServiceGrpc;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class SystemApiTest extends GatewayFixture {
  @Inject Projects projects;
  @Inject WorkflowClient client;

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

  @Test
  void anOrchestratorOfAnotherVersionIsToldFromOneOfTheGateways() {
    String own = asked(Timestamps.now()).getVersion();

    assertThat(orchestrator(own).getOutcome()).isEqualTo(Outcome.OK);
    SystemCheck other = orchestrator("0.0.1");
    assertThat(other.getOutcome()).isEqualTo(Outcome.TROUBLE);
    assertThat(other.getFound()).contains("0.0.1").contains(own);
    assertThat(orchestrator("").getFound()).contains("version unknown");
  }

  /** What is found of one that says this of itself. */
  private SystemCheck orchestrator(String version) {
    WorkerFactory workers = WorkerFactory.newInstance(client);
    workers
        .newWorker(TaskQueues.EXPERIMENTS)
        .registerWorkflowImplementationFactory(
            InspectionWorkflow.class,
            () -> () -> Inspection.newBuilder().setVersion(version).build());
    workers.start();
    try {
      return check(asked(Timestamps.now()), "orchestrator");
    } finally {
      workers.shutdownNow();
      workers.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void theAskersClockIsComparedWhereItIsGiven() {
    assertThat(check(asked(Timestamps.now()), "clock").getOutcome()).isEqualTo(Outcome.OK);
    SystemCheck slow = check(asked(Timestamps.fromSeconds(1)), "clock");
    assertThat(slow.getOutcome()).isEqualTo(Outcome.TROUBLE);
    assertThat(slow.getRemedy()).contains("time servers");

    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> asked(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build()));
    assertThat(fields(refused)).containsExactly("time");
  }

  private CheckSystemResponse asked(Timestamp clock) {
    return SystemServiceGrpc.newBlockingStub(channel)
        .checkSystem(CheckSystemRequest.newBuilder().setTime(clock).build());
  }

  private static SystemCheck check(CheckSystemResponse found, String subject) {
    return found.getChecksList().stream()
        .filter(check -> check.getSubject().equals(subject))
        .findFirst()
        .orElseThrow();
  }
}
