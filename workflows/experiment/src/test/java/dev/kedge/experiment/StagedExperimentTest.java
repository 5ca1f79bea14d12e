package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Operation;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StagedExperimentTest {
  private Stagehand hand;
  private Experiments experiments;

  @BeforeEach
  void start() {
    hand = new Stagehand();
    experiments = hand.experiments();
  }

  @AfterEach
  void stop() {
    hand.close();
  }

  @Test
  void everyStageRunsOnceAndTheExperimentSucceeds() {
    ExperimentName name = hand.launch();
    Experiment ended = hand.await(name);
    assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(ended.getStagesList())
        .allMatch(stage -> stage.getState() == Stage.State.SUCCEEDED)
        .allMatch(stage -> stage.getKey().length() == 64)
        .allMatch(stage -> stage.getMetricsOrThrow("accuracy") == 0.5);
    assertThat(hand.stages.askedInAll()).isEqualTo(ended.getStagesCount());
    assertThat(ended.hasEndTime()).isTrue();
  }

  @Test
  void startingTwiceRunsOnce() {
    ExperimentName name = hand.launch();
    experiments.start(name);
    hand.await(name);
    assertThat(hand.stages.asked("train-full")).hasSize(1);
  }

  @Test
  void aUsersMistakeParksTheStageOtherBranchesGoOnAndTheWorkflowCloses() {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName name = hand.launch();
    Experiment waiting = hand.await(name);
    assertThat(waiting.getState()).isEqualTo(Experiment.State.ATTENTION);
    assertThat(hand.records.stage(name, "train-l2").getError())
        .isEqualTo(
            StageError.newBuilder()
                .setReason("BAD_LAMBDA")
                .setBlame(StageError.Blame.USER)
                .setMessage("no luck")
                .build());
    assertThat(hand.records.stage(name, "evaluate-full").getState())
        .isEqualTo(Stage.State.SUCCEEDED);
    assertThat(hand.records.stage(name, "evaluate-l2").getState()).isEqualTo(Stage.State.WAITING);
  }

  @Test
  void aRetryWithAChangedParameterStartsTheClosedWorkflowAndKeepsWhatIsDone() {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName name = hand.launch();
    hand.await(name);
    experiments.retry(name, "train-l2", Map.of("method.l2.lambda", "0.5"), "ann");
    Experiment ended = hand.await(name);
    assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("train-l2").get(1).getSpec().getTrain().getMethod().getL2())
        .hasFieldOrPropertyWithValue("lambda", 0.5);
    assertThat(hand.stages.asked("train-full")).hasSize(1);
    assertThat(hand.records.stage(name, "train-l2").getChangedMap())
        .containsEntry("method.l2.lambda", "0.5");
    assertThat(ended.getOperationsList())
        .extracting(Operation::getActor, Operation::getAction)
        .containsExactly(tuple("ann", "retry train-l2 method.l2.lambda=0.5"));
  }

  @Test
  void nothingIsLearntBeforeTheDataIsComparedAndGoesOnOnceOverlapIsAllowed() {
    hand.stages.failNext("overlap", "OVERLAP", "USER", false);
    ExperimentName name = hand.launch();
    Experiment stopped = hand.await(name);
    assertThat(stopped.getState()).isEqualTo(Experiment.State.ATTENTION);
    assertThat(stopped.getStagesList())
        .filteredOn(stage -> !stage.getKind().equals("PREPARE") && !stage.getId().equals("overlap"))
        .isNotEmpty()
        .allMatch(stage -> stage.getState() == Stage.State.WAITING)
        .allMatch(stage -> stage.getAfterList().contains("overlap"));
    assertThatThrownBy(
            () -> experiments.retry(name, "overlap", Map.of("allowed", "[\"f\"]"), "ann"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("allowed: no test of the experiment is called f; there are e");
    experiments.retry(name, "overlap", Map.of("allowed", "[\"e\"]"), "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("overlap").get(1).getSpec().getOverlap().getAllowedList())
        .containsExactly("e");
    assertThat(hand.stages.asked("train-full")).hasSize(1);
    assertThat(hand.stages.asked("report").get(0).getSpec().getReport().hasOverlap()).isTrue();
  }

  @Test
  void whatWasBegunBeforeDataWasComparedEndsAsItBegan() {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName name = hand.launch();
    Experiment stopped = hand.await(name);
    hand.records.forget(name, "overlap");
    experiments.retry(name, "train-l2", Map.of(), "ann");
    Experiment ended = hand.await(name);
    assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(ended.getStagesList())
        .hasSize(stopped.getStagesCount() - 1)
        .noneMatch(stage -> stage.getId().equals("overlap"));
    assertThat(hand.stages.asked("overlap")).hasSize(1);
    assertThat(hand.stages.asked("report").get(0).getSpec().getReport().hasOverlap()).isFalse();
  }

  @Test
  void whoSkipsTheComparisonOfTheDataGoesOnWithoutIt() {
    hand.stages.failNext("overlap", "OVERLAP", "USER", false);
    ExperimentName name = hand.launch();
    hand.await(name);
    experiments.skip(name, "overlap", "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("report").get(0).getSpec().getReport().hasOverlap()).isFalse();
    experiments.retry(name, "overlap", Map.of(), "ann");
    hand.await(name);
    assertThat(hand.stages.asked("train-full")).as("its result is as good as ever").hasSize(1);
    assertThat(hand.stages.asked("report").get(1).getSpec().getReport().hasOverlap()).isTrue();
  }

  @Test
  void aSkippedStageTakesItsDependentsWithItAndTheReportIsMadeOfTheRest() {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName name = hand.launch();
    hand.await(name);
    experiments.skip(name, "train-l2", "ann");
    Experiment ended = hand.await(name);
    assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.records.stage(name, "train-l2").getState()).isEqualTo(Stage.State.SKIPPED);
    assertThat(hand.records.stage(name, "evaluate-l2").getState()).isEqualTo(Stage.State.SKIPPED);
    assertThat(hand.records.stage(name, "report").getState()).isEqualTo(Stage.State.SUCCEEDED);
    assertThat(hand.stages.asked("report").get(0).getSpec().getReport().getStudy().getPointsList())
        .extracting(point -> point.getLabel())
        .containsExactly("base", "full");
  }

  @Test
  void aSkippedStageThatIsRetriedBringsItsDependentsBackAndTheReportIsMadeAnew() {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName name = hand.launch();
    hand.await(name);
    experiments.skip(name, "train-l2", "ann");
    hand.await(name);
    experiments.retry(name, "train-l2", Map.of(), "ann");
    Experiment ended = hand.await(name);
    assertThat(ended.getStagesList()).allMatch(stage -> stage.getState() == Stage.State.SUCCEEDED);
    assertThat(hand.stages.asked("report").get(1).getSpec().getReport().getStudy().getPointsList())
        .hasSize(3);
    assertThat(hand.stages.asked("train-full")).hasSize(1);
  }

  @Test
  void aRefusedOperationSaysWhyAndChangesNothing() {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName name = hand.launch();
    Experiment before = hand.await(name);
    assertThatThrownBy(() -> experiments.retry(name, "train-full", Map.of(), "ann"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("`train-full` is SUCCEEDED");
    assertThatThrownBy(() -> experiments.retry(name, "train-l2", Map.of("method.x", "1"), "ann"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("`x` is unknown");
    assertThatThrownBy(() -> experiments.skip(name, "nothing", "ann"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no stage `nothing`");
    assertThat(hand.records.get(name)).isEqualTo(before);
  }

  @Test
  void aTransientFailureIsTriedAgain() {
    hand.stages.failNext("train-l2", "DISK_FULL", "RESOURCES", true);
    ExperimentName name = hand.launch();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("train-l2")).hasSize(2);
  }

  @Test
  void aHeldStageIsFollowed() {
    hand.stages.holdNext("train-l2");
    ExperimentName name = hand.launch();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("train-l2")).hasSize(2);
  }

  @Test
  void aLostMachineUsesUpNoAttempt() {
    hand.stages.fallSilentNext("train-l2", 10);
    ExperimentName name = hand.launch();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("train-l2")).hasSize(2);
  }

  @Test
  void aCancelledExperimentStopsAndGoesOnWhenAStageIsRetried() {
    hand.stages.blockNext("train-l2");
    ExperimentName name = hand.launch();
    until(() -> !hand.stages.asked("train-l2").isEmpty());
    experiments.cancel(name, "ann");
    assertThat(hand.records.get(name).getState()).isEqualTo(Experiment.State.CANCELLED);
    assertThat(hand.records.stage(name, "train-l2").getState()).isEqualTo(Stage.State.CANCELLED);
    hand.await(name);
    experiments.retry(name, "train-l2", Map.of(), "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
  }

  @Test
  void aResultThatIsGoneAtTheEndIsMadeAgain() {
    hand.records.lose("train-full");
    ExperimentName name = hand.launch();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("train-full")).hasSize(2);
    assertThat(hand.stages.asked("train-l2")).hasSize(1);
  }

  @Test
  void aStageThatParkedOverASpoiltInputGoesOnOnceTheInputIsMadeAgain() {
    hand.records.lose("train-full");
    hand.stages.failNext("evaluate-full", "STORE_CORRUPT", "RESOURCES", false);
    ExperimentName name = hand.launch();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("train-full")).hasSize(2);
    assertThat(hand.stages.asked("evaluate-full")).hasSize(2);
  }

  @Test
  void aResultThatIsGoneAgainParksItsStage() {
    hand.records.lose("train-full");
    hand.records.lose("train-full");
    ExperimentName name = hand.launch();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.ATTENTION);
    assertThat(hand.records.stage(name, "train-full").getError().getReason())
        .isEqualTo("RESULT_LOST");
    assertThat(hand.stages.asked("train-full")).hasSize(2);
  }

  @Test
  void aRetryTakesBackWhatIsBeingMadeWithoutTheStage() {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    CountDownLatch retried = new CountDownLatch(1);
    hand.stages.waitNext("report", retried);
    ExperimentName name = hand.launch();
    hand.await(name);
    experiments.skip(name, "train-l2", "ann");
    until(() -> !hand.stages.asked("report").isEmpty());
    experiments.retry(name, "train-l2", Map.of(), "ann");
    retried.countDown();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("report"))
        .extracting(request -> request.getSpec().getReport().getStudy().getPointsCount())
        .containsExactly(2, 3);
  }

  @Test
  void afterTemporalForgotEverythingTheRecordIsEnoughToGoOn() {
    hand.stages.blockNext("train-l2");
    ExperimentName name = hand.launch();
    until(() -> hand.records.stage(name, "evaluate-full").getState() == Stage.State.SUCCEEDED);
    hand.restart();
    hand.experiments().start(name);
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("train-full")).hasSize(1);
  }

  private static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("in time").isBefore(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}
