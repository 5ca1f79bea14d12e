package dev.kedge.orchestrator.notice;

import dev.kedge.embedded.EmbeddedTemporal;
import dev.kedge.experiment.TaskQueues;
import dev.kedge.experiment.Temporal;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Notices may be on their way for a day while orchestrators are replaced. */
class NoticeHistoryTest {
  private static final Path HISTORY = Path.of("src/test/resources/histories/notice.json");

  @Test
  void aNoticeThatWasNotTakenAtFirstIsReplayedAlike() throws Exception {
    WorkflowReplayer.replayWorkflowExecution(Files.readString(HISTORY), NoticeDelivery.class);
  }

  @Test
  @EnabledIfSystemProperty(named = "kedge.record-histories", matches = "notice")
  void record() throws IOException {
    Files.createDirectories(HISTORY.getParent());
    try (EmbeddedTemporal server = EmbeddedTemporal.start()) {
      WorkflowClient client = Temporal.client(server.address(), "default");
      WorkerFactory workers = WorkerFactory.newInstance(client);
      var worker = workers.newWorker(TaskQueues.EXPERIMENTS);
      worker.registerWorkflowImplementationTypes(NoticeDelivery.class);
      worker.registerActivitiesImplementations(new Deaf());
      workers.start();
      client
          .newWorkflowStub(
              NoticeWorkflow.class,
              WorkflowOptions.newBuilder()
                  .setWorkflowId("notices/1")
                  .setTaskQueue(TaskQueues.EXPERIMENTS)
                  .build())
          .deliver("1", "{}");
      write(client.fetchHistory("notices/1").toJson(true));
      workers.shutdownNow();
      client.getWorkflowServiceStubs().shutdownNow();
    }
  }

  private static void write(String history) throws IOException {
    // Whoever recorded it is nobody's business.
    Files.writeString(
        HISTORY, history.replaceAll("\"identity\": \"[^\"]*\"", "\"identity\": \"x\""));
  }

  /** Takes the second try. */
  private static final class Deaf implements NoticeActivities {
    private final AtomicInteger tries = new AtomicInteger();

    @Override
    public void post(String id, String body) {
      if (tries.incrementAndGet() == 1) {
        throw new IllegalStateException("not now");
      }
    }
  }
}
