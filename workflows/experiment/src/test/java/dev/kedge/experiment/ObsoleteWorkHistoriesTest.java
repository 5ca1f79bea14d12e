package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.embedded.EmbeddedTemporal;
import dev.kedge.stage.v1.DescribeResponse;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.v1.Limits;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * As {@link WorkflowHistoriesTest}, of workflows that began with the patch that stops obsolete
 * work: one of every way that a stage or an experiment can take. Recorded with {@code
 * -Dkedge.record-histories=obsolete-work}.
 */
class ObsoleteWorkHistoriesTest {
  private static final HistoryFolder HISTORIES = HistoryFolder.called("obsolete-work");
  private static final int SHORT = 40;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parked",
        "retried",
        "paused",
        "resumed",
        "cancelled",
        "machine-lost",
        "held",
        "late-word",
        "result-lost",
        "obsolete",
        "compute-used",
        "waiting-for-permits",
        "permit-asked-for-again"
      })
  void aRecordedHistoryIsReplayedAlike(String name) throws Exception {
    HISTORIES.replay(name, StagedExperiment.class);
  }

  @Test
  void aHistoryThatWasFullIsReplayedAlike() throws Exception {
    String history = HISTORIES.read("continued");
    assertThat(history).contains("EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW");
    try (var environment = TestWorkflowEnvironment.newInstance()) {
      Worker worker = environment.newWorker("replays");
      worker.registerWorkflowImplementationFactory(
          ExperimentWorkflow.class, () -> new StagedExperiment(new HistoryLimit(SHORT)));
      worker.replayWorkflowExecution(history);
    }
  }

  @Test
  void aHistoryOfPermitsIsReplayedAlike() throws Exception {
    HISTORIES.replay("permits", ProjectPermits.class);
  }

  @Test
  void aHistoryOfAnInspectionIsReplayedAlike() throws Exception {
    try (var environment = TestWorkflowEnvironment.newInstance()) {
      Worker worker = environment.newWorker("replays");
      worker.registerWorkflowImplementationFactory(
          InspectionWorkflow.class, () -> new ServiceInspection("0.2.0", 4));
      worker.replayWorkflowExecution(HISTORIES.read("inspection"));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "kedge.record-histories", matches = "obsolete-work")
  void record() throws IOException, InterruptedException {
    try (var hand = new Stagehand()) {
      recordFailures(hand);
      recordStops(hand);
      recordReturns(hand);
      recordLimit(hand);
      recordContinued(hand);
    }
    recordPermits();
    recordInspection();
  }

  private static void recordFailures(Stagehand hand) throws IOException, InterruptedException {
    hand.stages.failNext("train-full", "DISK_FULL", "RESOURCES", true);
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName parked = hand.launch();
    hand.await(parked);
    HISTORIES.write("parked", hand.history(parked));
    hand.experiments().retry(parked, "train-l2", Map.of("method.l2.lambda", "2"), "ann");
    hand.await(parked);
    HISTORIES.write("retried", hand.history(parked));

    hand.stages.fallSilentNext("train-l2", 10);
    ExperimentName silent = hand.launch();
    hand.await(silent);
    HISTORIES.write("machine-lost", hand.history(silent));

    hand.stages.failNext("train-l2", "DISK_FULL", "RESOURCES", true);
    hand.stages.holdNext("train-l2");
    int before = hand.stages.asked("train-l2").size();
    ExperimentName late = hand.launch();
    hand.until(() -> hand.stages.asked("train-l2").size() == before + 1);
    String over = hand.stages.activity("train-l2");
    hand.until(() -> hand.stages.asked("train-l2").size() == before + 2);
    Thread.sleep(1000);
    hand.announce(late, "train-l2", over);
    hand.await(late);
    HISTORIES.write("late-word", hand.history(late));
  }

  private static void recordStops(Stagehand hand) throws IOException {
    ExperimentName paused = launchUntilItTrains(hand);
    hand.experiments().pause(paused, "ann");
    hand.await(paused);
    HISTORIES.write("paused", hand.history(paused));

    ExperimentName resumed = launchUntilItTrains(hand);
    hand.experiments().pause(resumed, "ann");
    hand.experiments().resume(resumed, Limits.getDefaultInstance(), "ann");
    hand.await(resumed);
    HISTORIES.write("resumed", hand.history(resumed));

    ExperimentName cancelled = launchUntilItTrains(hand);
    hand.experiments().cancel(cancelled, "ann");
    hand.await(cancelled);
    HISTORIES.write("cancelled", hand.history(cancelled));
  }

  private static ExperimentName launchUntilItTrains(Stagehand hand) {
    hand.stages.blockNext("train-l2");
    ExperimentName name = hand.launch();
    hand.untilRunning(name, "train-l2");
    return name;
  }

  private static void recordReturns(Stagehand hand) throws IOException {
    hand.stages.holdNext("train-l2");
    ExperimentName held = hand.launch();
    hand.await(held);
    HISTORIES.write("held", hand.history(held));

    hand.records.lose("train-full");
    hand.stages.failNext("evaluate-full", "STORE_CORRUPT", "RESOURCES", false);
    ExperimentName lost = hand.launch();
    hand.await(lost);
    HISTORIES.write("result-lost", hand.history(lost));

    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    hand.stages.blockNext("report");
    ExperimentName obsolete = hand.launch();
    hand.await(obsolete);
    hand.experiments().skip(obsolete, "train-l2", "ann");
    hand.untilRunning(obsolete, "report");
    hand.experiments().retry(obsolete, "train-l2", Map.of(), "ann");
    hand.await(obsolete);
    HISTORIES.write("obsolete", hand.history(obsolete));
  }

  private static void recordLimit(Stagehand hand) throws IOException {
    hand.stages.computeNext("train-l2");
    ExperimentName name = hand.launch(Limits.newBuilder().setComputeHours(4.0 / 3600).build());
    hand.await(name);
    HISTORIES.write("compute-used", hand.history(name));
  }

  private static void recordContinued(Stagehand hand) throws IOException {
    hand.limitHistories(SHORT);
    ExperimentName name = hand.launch();
    String run = hand.run(name);
    hand.await(name);
    HISTORIES.write("continued", hand.history(name, run));
  }

  private static void recordPermits() throws IOException {
    try (var hand = new Stagehand(1)) {
      hand.stages.takeTime(Duration.ofMillis(300));
      CountDownLatch done = new CountDownLatch(1);
      hand.stages.waitNext("train-full", done);
      ExperimentName first = hand.launchIn("a");
      hand.untilRunning(first, "train-full");
      ExperimentName second = hand.launchIn("a");
      hand.until(() -> hand.records.stage(second, "prepare-t").getWaitsForPermit());
      hand.permits("a").ask(hand.permit(first, "prepare-t-1"), 1);
      done.countDown();
      hand.await(first);
      hand.await(second);
      HISTORIES.write("permit-asked-for-again", hand.history(first));
      HISTORIES.write("waiting-for-permits", hand.history(second));
      hand.untilClosed("permits/a");
      HISTORIES.write("permits", hand.history("permits/a"));
    }
  }

  /** One service answers, one cannot be reached, and nobody asks for the other kinds. */
  private static void recordInspection() throws IOException {
    try (EmbeddedTemporal server = EmbeddedTemporal.start()) {
      WorkflowClient client = Temporal.client(server.address(), "default");
      WorkerFactory workers = WorkerFactory.newInstance(client);
      workers
          .newWorker(TaskQueues.EXPERIMENTS)
          .registerWorkflowImplementationFactory(
              InspectionWorkflow.class, () -> new ServiceInspection("0.1.0", 0));
      answering(workers, StageKind.TRAIN, DescribeResponse::getDefaultInstance);
      answering(
          workers,
          StageKind.FISHER,
          () -> {
            throw ApplicationFailure.newNonRetryableFailure("gone", ServiceActivities.UNREACHABLE);
          });
      workers.start();
      client
          .newWorkflowStub(
              InspectionWorkflow.class,
              WorkflowOptions.newBuilder()
                  .setWorkflowId("inspections/1")
                  .setTaskQueue(TaskQueues.EXPERIMENTS)
                  .build())
          .inspect();
      HISTORIES.write("inspection", client.fetchHistory("inspections/1").toJson(true));
      workers.shutdownNow();
      client.getWorkflowServiceStubs().shutdownNow();
    }
  }

  private static void answering(WorkerFactory workers, StageKind kind, ServiceActivities answer) {
    workers.newWorker(TaskQueues.inspections(kind)).registerActivitiesImplementations(answer);
  }
}
