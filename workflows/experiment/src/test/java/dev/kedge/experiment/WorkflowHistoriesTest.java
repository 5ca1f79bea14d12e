package dev.kedge.experiment;

import dev.kedge.v1.Limits;
import dev.kedge.v1.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Workflows that are under way must survive a new version of the code. A history that cannot be
 * replayed any more asks for {@code Workflow.getVersion} around the change; record anew, with
 * {@code -Dkedge.record-histories}, only what no installation can have under way.
 */
class WorkflowHistoriesTest {
  private static final HistoryFolder HISTORIES = HistoryFolder.called("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parked",
        "retried",
        "cancelled",
        "overlap",
        "unknown-name",
        "paused",
        "resumed",
        "time-over",
        "compute-used",
        "waiting-for-permits"
      })
  void aRecordedHistoryIsReplayedAlike(String name) throws Exception {
    HISTORIES.replay(name, StagedExperiment.class);
  }

  @Test
  @EnabledIfSystemProperty(named = "kedge.record-histories", matches = "true")
  void record() throws IOException, InterruptedException {
    try (var hand = new Stagehand()) {
      hand.stages.failNext("train-full", "DISK_FULL", "RESOURCES", true);
      hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
      ExperimentName name = hand.launch();
      hand.await(name);
      HISTORIES.write("parked", hand.history(name));
      hand.experiments().retry(name, "train-l2", Map.of("method.l2.lambda", "2"), "ann");
      hand.await(name);
      HISTORIES.write("retried", hand.history(name));
    }
    try (var hand = new Stagehand()) {
      hand.stages.blockNext("train-l2");
      ExperimentName name = hand.launch();
      Thread.sleep(Duration.ofSeconds(3).toMillis());
      hand.experiments().cancel(name, "ann");
      hand.await(name);
      HISTORIES.write("cancelled", hand.history(name));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "kedge.record-histories", matches = "overlap")
  void recordOverlap() throws IOException {
    try (var hand = new Stagehand()) {
      hand.stages.failNext("overlap", "OVERLAP", "USER", false);
      ExperimentName name = hand.launch();
      hand.await(name);
      hand.experiments().retry(name, "overlap", Map.of("allowed", "[\"e\"]"), "ann");
      hand.await(name);
      HISTORIES.write("overlap", hand.history(name));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "kedge.record-histories", matches = "pause")
  void recordPause() throws IOException, InterruptedException {
    try (var hand = new Stagehand()) {
      ExperimentName name = launchUntilItTrains(hand);
      hand.experiments().pause(name, "ann");
      hand.await(name);
      HISTORIES.write("paused", hand.history(name));
    }
    try (var hand = new Stagehand()) {
      ExperimentName name = launchUntilItTrains(hand);
      hand.experiments().pause(name, "ann");
      hand.experiments().resume(name, Limits.getDefaultInstance(), "ann");
      hand.await(name);
      HISTORIES.write("resumed", hand.history(name));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "kedge.record-histories", matches = "limits")
  void recordLimits() throws IOException {
    try (var hand = new Stagehand()) {
      hand.stages.blockNext("train-l2");
      ExperimentName name =
          hand.launch(Limits.newBuilder().setFinishWithinHours(4.0 / 3600).build());
      hand.await(name);
      HISTORIES.write("time-over", hand.history(name));
    }
    try (var hand = new Stagehand()) {
      hand.stages.computeNext("train-l2");
      ExperimentName name = hand.launch(Limits.newBuilder().setComputeHours(4.0 / 3600).build());
      hand.await(name);
      HISTORIES.write("compute-used", hand.history(name));
    }
  }

  @Test
  void aRecordedHistoryOfPermitsIsReplayedAlike() throws Exception {
    HISTORIES.replay("permits", ProjectPermits.class);
  }

  @Test
  @EnabledIfSystemProperty(named = "kedge.record-histories", matches = "permits")
  void recordPermits() throws IOException, InterruptedException {
    try (var hand = new Stagehand(1)) {
      hand.stages.takeTime(Duration.ofMillis(300));
      hand.launchIn("a");
      ExperimentName second = hand.launchIn("a");
      hand.await(second);
      HISTORIES.write("waiting-for-permits", hand.history(second));
      hand.untilClosed("permits/a");
      HISTORIES.write("permits", hand.history("permits/a"));
    }
  }

  private static ExperimentName launchUntilItTrains(Stagehand hand) throws InterruptedException {
    hand.stages.blockNext("train-l2");
    ExperimentName name = hand.launch();
    while (hand.records.stage(name, "train-l2").getState() != Stage.State.RUNNING) {
      Thread.sleep(50);
    }
    return name;
  }
}
