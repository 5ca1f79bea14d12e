package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.embedded.EmbeddedTemporal;
import dev.kedge.stage.v1.Inspection;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.WorkerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectionsTest {
  private EmbeddedTemporal server;
  private WorkflowClient client;
  private WorkerFactory workers;

  @BeforeEach
  void start() {
    server = EmbeddedTemporal.start();
    client = Temporal.client(server.address(), "default");
    workers = WorkerFactory.newInstance(client);
  }

  @AfterEach
  void stop() {
    workers.shutdownNow();
    client.getWorkflowServiceStubs().shutdownNow();
    server.close();
  }

  @Test
  void whereNoOrchestratorIsTheQuestionIsUntaken() {
    assertThat(new Inspections(client).inspect()).isInstanceOf(Inspected.Untaken.class);
  }

  @Test
  void anOrchestratorThatDoesNotKnowTheQuestionIsNotTakenForNone() {
    orchestrator(StagedExperiment.class);

    assertThat(new Inspections(client).inspect())
        .isInstanceOfSatisfying(
            Inspected.Failed.class,
            failed -> assertThat(failed.why()).contains("InspectionWorkflow"));
  }

  @Test
  void anOrchestratorThatFailsSaysWhy() {
    orchestrator(Failing.class);

    assertThat(new Inspections(client).inspect())
        .isEqualTo(new Inspected.Failed("nothing can be asked"));
  }

  private void orchestrator(Class<?> workflow) {
    workers.newWorker(TaskQueues.EXPERIMENTS).registerWorkflowImplementationTypes(workflow);
    workers.start();
  }

  /** An inspection that ends badly. */
  public static final class Failing implements InspectionWorkflow {
    @Override
    public Inspection inspect() {
      throw ApplicationFailure.newNonRetryableFailure("nothing can be asked", "TEST");
    }
  }
}
