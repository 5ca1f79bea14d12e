package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.experiment.InspectionWorkflow;
import dev.kedge.experiment.TaskQueues;
import dev.kedge.stage.v1.DescribeResponse;
import dev.kedge.stage.v1.Inspection;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.KindSlots;
import dev.kedge.v1.SystemCheck;
import dev.kedge.v1.SystemCheck.Outcome;
import dev.kedge.v1.SystemServiceGrpc;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

  @Test
  void slotsAndPermitsAreToldInNumbersAndAsATable() {
    String own = asked(Timestamps.now()).getVersion();
    Inspection inspection =
        Inspection.newBuilder()
            .setVersion(own)
            .setStagesPerProject(7)
            .putServices(
                "TRAIN",
                DescribeResponse.newBuilder()
                    .setVersion(own)
                    .setTime(Timestamps.now())
                    .setFreeScratchBytes(1L << 40)
                    .setSlots(3)
                    .setSlotsTaken(2)
                    .build())
            .putServices("FISHER", DescribeResponse.newBuilder().setVersion(own).build())
            .build();
    with(
        inspection,
        () -> {
          CheckSystemResponse found = asked(Timestamps.now());
          assertThat(found.getStagesPerProject()).isEqualTo(7);
          assertThat(found.getSlotsList())
              .containsExactly(
                  KindSlots.newBuilder().setKind("TRAIN").setTaken(2).setTotal(3).build());
          assertThat(check(found, "worker TRAIN").getFound()).endsWith(": 2 of 3 slots taken");
          assertThat(check(found, "worker FISHER").getFound()).endsWith("its service answers");
          assertThat(check(found, "orchestrator").getFound())
              .endsWith("; at most 7 of a project's stages are at work at once");
          assertThat(page("/projects/p/queue?look=true"))
              .contains("<dt>Permits of p</dt><dd>7</dd>", "<dt>Stages at work</dt><dd>0</dd>")
              .contains("<th class=\"name\" scope=\"row\">TRAIN</th><td>2</td><td>3</td>");
          return found;
        });
    assertThat(page("/projects/p/queue")).doesNotContain("Permits of p", "In all");
  }

  @Test
  void thatAnyNumberMayBeAtWorkIsSaidOnlyWhereAnOrchestratorSaysSo() {
    assertThat(page("/projects/p/queue?look=true"))
        .contains("How many there are is not known")
        .doesNotContain("Any number of a project's");
    Inspection inspection =
        Inspection.newBuilder().setVersion(asked(Timestamps.now()).getVersion()).build();
    with(
        inspection,
        () -> {
          assertThat(page("/projects/p/queue?look=true"))
              .contains("Any number of a project's")
              .doesNotContain("not known");
          return asked(Timestamps.now());
        });
  }

  private String page(String path) {
    try {
      URI uri = URI.create("http://%s:%d%s".formatted(address.getHost(), address.getPort(), path));
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is found of one that says this of itself. */
  private SystemCheck orchestrator(String version) {
    return check(
        with(Inspection.newBuilder().setVersion(version).build(), () -> asked(Timestamps.now())),
        "orchestrator");
  }

  /** What is found while an orchestrator has found this. */
  private CheckSystemResponse with(Inspection inspection, Supplier<CheckSystemResponse> ask) {
    WorkerFactory workers = WorkerFactory.newInstance(client);
    workers
        .newWorker(TaskQueues.EXPERIMENTS)
        .registerWorkflowImplementationFactory(InspectionWorkflow.class, () -> () -> inspection);
    workers.start();
    try {
      return ask.get();
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
