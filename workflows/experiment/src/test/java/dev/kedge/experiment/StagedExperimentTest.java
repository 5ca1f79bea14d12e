package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.util.Timestamps;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import dev.kedge.v1.NextTry;
import dev.kedge.v1.Operation;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  void whatIsThereWaitsForNoWorker() {
    hand.results.keep(hand.await(hand.launch()));
    hand.stopWorkers();
    Experiment ended = hand.await(hand.launch());
    assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(ended.getStagesList())
        .allMatch(Stage::getCached)
        .allMatch(Stage::hasStartTime)
        .allMatch(stage -> stage.getAttempts() == 1)
        .allMatch(stage -> stage.getComputeSeconds() == 60)
        .as("it was paid for by the first")
        .allMatch(stage -> stage.getComputedCount() == 0);
    assertThat(hand.stages.askedInAll()).isEqualTo(ended.getStagesCount());
    assertThat(hand.results.looks()).isEqualTo(2 * ended.getStagesCount());
  }

  @Test
  void whatCannotBeLookedForIsLeftToTheWorkers() {
    hand.results.loseSight();
    assertThat(hand.await(hand.launch()).getState()).isEqualTo(Experiment.State.SUCCEEDED);
  }

  @Test
  void whatIsCancelledWhileItsResultIsLookedForStaysCancelled() {
    Experiment made = hand.await(hand.launch());
    hand.results.keep(made);
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    hand.results.whileLooking(
        hand.records.stage(ExperimentName.parse(made.getName()), "train-l2").getKey(),
        () -> {
          looking.countDown();
          waitFor(cancelled);
        });
    ExperimentName name = hand.launch();
    waitFor(looking);
    experiments.cancel(name, "ann");
    cancelled.countDown();

    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.CANCELLED);
    assertThat(hand.records.stage(name, "train-l2").getState()).isEqualTo(Stage.State.CANCELLED);
  }

  @Test
  void whatALostWorkerCommittedIsFoundAndIsNotCached() {
    ExperimentName first = hand.launch();
    hand.results.keep(hand.await(first));
    hand.results.missNext(hand.records.stage(first, "train-l2").getKey());
    hand.stages.fallSilentNext("train-l2", 10);
    ExperimentName name = hand.launch();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    Stage found = hand.records.stage(name, "train-l2");
    assertThat(found.getCached()).as("it was made for this experiment").isFalse();
    assertThat(found.getAttempts()).isEqualTo(2);
    assertThat(found.getComputedMap()).containsExactly(entry(found.getKey(), 60.0));
    assertThat(hand.stages.asked("train-l2")).hasSize(2);
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
  void stagesCarryTheExperimentsPriorityAndEachProjectHasItsTurn() {
    ExperimentName name = hand.launchWithPriority(2);
    hand.await(name);
    assertThat(hand.history(name)).contains("\"priorityKey\": 2", "\"fairnessKey\": \"default\"");
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
    Experiment parked = hand.await(name);
    assertThat(SkipPreview.of(parked, "train-l2").getStagesList())
        .as("told before")
        .filteredOn(stage -> stage.getState() == Stage.State.SKIPPED)
        .extracting(Stage::getId)
        .containsExactly("train-l2", "evaluate-l2");
    assertThatThrownBy(() -> SkipPreview.of(parked, "train-full"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("only a parked one is skipped");
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
  void aCallThatNobodyWaitsForAnyMoreIsStillDoneOnceAnOrchestratorRuns() throws Exception {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName name = hand.launch();
    hand.await(name);
    hand.stopOrchestrator();
    Thread caller =
        new Thread(
            () ->
                assertThatThrownBy(() -> experiments.retry(name, "train-l2", Map.of(), "ann"))
                    .isNotNull());
    caller.start();
    caller.join(Duration.ofSeconds(2).toMillis());
    caller.interrupt();
    caller.join();
    hand.killOrchestrator();
    until(() -> hand.records.get(name).getState() == Experiment.State.SUCCEEDED);
    assertThat(hand.records.get(name).getOperationsList())
        .extracting(Operation::getAction)
        .containsExactly("retry train-l2");
  }

  @Test
  void aTransientFailureIsTriedAgain() {
    hand.stages.failNext("train-l2", "DISK_FULL", "RESOURCES", true);
    ExperimentName name = hand.launch();
    until(() -> hand.records.stage(name, "train-l2").hasNextTry());
    NextTry next = hand.records.stage(name, "train-l2").getNextTry();
    assertThat(next.getAfter().getReason()).isEqualTo("DISK_FULL");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("train-l2")).hasSize(2);
    assertThat(hand.records.get(name).getStagesList()).noneMatch(Stage::hasNextTry);
  }

  @Test
  void aHeldStageIsFollowed() {
    hand.stages.holdNext("train-l2");
    ExperimentName name = hand.launch();
    until(() -> hand.records.stage(name, "train-l2").hasNextTry());
    NextTry next = hand.records.stage(name, "train-l2").getNextTry();
    assertThat(next.hasAfter()).isFalse();
    assertThat(Timestamps.compare(next.getTime(), Timestamps.now())).isPositive();
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
  void anExperimentIsRetriedWhileItsStagesAreStoppingAndCanBeCancelledAgain() {
    hand.stages.blockNext("train-l2");
    ExperimentName name = launchUntilItTrains();
    experiments.cancel(name, "ann");
    experiments.retry(name, "train-l2", Map.of(), "ann");
    until(() -> hand.stages.asked("train-l2").size() == 2);
    experiments.cancel(name, "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.CANCELLED);
  }

  @Test
  void anExperimentWhoseHistoryIsFullGoesOnInANewRunAndDoesNothingTwice() {
    hand.limitHistories(40);
    ExperimentName name = hand.launch();
    Experiment ended = hand.await(name);
    assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.askedInAll()).isEqualTo(ended.getStagesCount());
    assertThat(hand.records.loads()).isGreaterThan(1);
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
  void aRetryStopsWhatIsBeingMadeWithoutTheStage() {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    hand.stages.blockNext("report");
    ExperimentName name = hand.launch();
    hand.await(name);
    experiments.skip(name, "train-l2", "ann");
    hand.untilRunning(name, "report");
    experiments.retry(name, "train-l2", Map.of(), "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("report"))
        .extracting(request -> request.getSpec().getReport().getStudy().getPointsCount())
        .containsExactly(2, 3);
  }

  @Test
  void aWordOfAnAttemptThatIsOverDoesNotShowTheStageAtWork() throws InterruptedException {
    hand.stages.failNext("train-l2", "DISK_FULL", "RESOURCES", true);
    ExperimentName name = hand.launch();
    until(() -> hand.stages.asked("train-l2").size() == 1);
    String over = hand.stages.activity("train-l2");
    hand.stages.holdNext("train-l2");
    until(() -> hand.stages.asked("train-l2").size() == 2);
    Thread.sleep(1000);
    until(() -> hand.records.stage(name, "train-l2").getState() == Stage.State.WAITING);
    hand.announce(name, "train-l2", over);
    for (int looks = 0; looks < 20; looks++) {
      Thread.sleep(100);
      assertThat(hand.records.stage(name, "train-l2").getState()).isEqualTo(Stage.State.WAITING);
    }
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.records.stage(name, "train-l2").getAttempts()).isEqualTo(2);
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

  @Test
  void aPausedExperimentBeginsNoStageAndGoesOnAsIfItHadNeverBeenPaused() {
    CountDownLatch nearlyDone = new CountDownLatch(1);
    hand.stages.waitNext("train-full", nearlyDone);
    ExperimentName name = launchUntilItTrains();
    until(() -> hand.records.stage(name, "train-full").getState() == Stage.State.RUNNING);
    experiments.pause(name, "ann");
    assertThat(hand.records.get(name).getState()).isEqualTo(Experiment.State.PAUSED);
    nearlyDone.countDown();
    Experiment paused = hand.await(name);
    assertThat(paused.getState()).isEqualTo(Experiment.State.PAUSED);
    assertThat(paused.hasEndTime()).isFalse();
    assertThat(hand.records.stage(name, "train-full").getState())
        .as("what ends by itself meanwhile is kept")
        .isEqualTo(Stage.State.SUCCEEDED);
    Stage stopped = hand.records.stage(name, "train-l2");
    assertThat(stopped.getState()).isEqualTo(Stage.State.WAITING);
    assertThat(stopped.getAttempts()).isZero();
    assertThat(stopped.getKey()).as("names what it has saved").hasSize(64);
    assertThat(hand.stages.asked("evaluate-full")).isEmpty();

    experiments.resume(name, Limits.getDefaultInstance(), "bob");
    Experiment ended = hand.await(name);
    assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(ended.getStagesList()).allMatch(stage -> stage.getAttempts() == 1);
    assertThat(hand.stages.asked("train-full")).hasSize(1);
    assertThat(hand.stages.asked("train-l2")).hasSize(2);
    assertThat(hand.records.stage(name, "train-l2").getKey()).isEqualTo(stopped.getKey());
    assertThat(operations(ended)).containsExactly("ann: pause", "bob: resume");
  }

  @Test
  void aPauseOutlivesAllThatTemporalKnew() {
    ExperimentName name = launchUntilItTrains();
    experiments.pause(name, "ann");
    hand.await(name);
    hand.restart();
    int askedBefore = hand.stages.askedInAll();
    hand.experiments().start(name);
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.PAUSED);
    assertThat(hand.stages.askedInAll()).isEqualTo(askedBefore);
    hand.experiments().resume(name, Limits.getDefaultInstance(), "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
  }

  @Test
  void aStageThatWasStillStoppingWhenAllWasLostWaitsOnceTheRecordIsTakenUp() {
    ExperimentName name = launchUntilItTrains();
    experiments.pause(name, "ann");
    hand.restart();
    assertThat(hand.records.stage(name, "train-l2").getState()).isEqualTo(Stage.State.RUNNING);
    hand.experiments().start(name);
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.PAUSED);
    assertThat(hand.records.stage(name, "train-l2").getState()).isEqualTo(Stage.State.WAITING);
  }

  @Test
  void whoPausesTwiceIsNotedOnce() {
    ExperimentName name = launchUntilItTrains();
    experiments.pause(name, "ann");
    experiments.pause(name, "bob");
    Experiment once = hand.await(name);
    experiments.pause(name, "cy");
    assertThat(hand.await(name)).isEqualTo(once);
    assertThat(operations(once)).containsExactly("ann: pause");
  }

  @Test
  void anExperimentIsResumedWhileItsStagesAreStoppingAndCanBePausedAgain() {
    hand.stages.blockNext("train-l2");
    ExperimentName name = launchUntilItTrains();
    experiments.pause(name, "ann");
    experiments.resume(name, Limits.getDefaultInstance(), "ann");
    until(() -> hand.stages.asked("train-l2").size() == 2);
    experiments.pause(name, "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.PAUSED);
    assertThat(hand.records.stage(name, "train-l2").getState()).isEqualTo(Stage.State.WAITING);
    experiments.resume(name, Limits.getDefaultInstance(), "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.records.stage(name, "train-l2").getAttempts()).isEqualTo(1);
  }

  @Test
  void parkedStagesOfAPausedExperimentAreRetriedAndSkippedAndBeginOnceItIsResumed() {
    hand.stages.failNext("train-full", "BAD_RATE", "USER", false);
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName name = hand.launch();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.ATTENTION);
    experiments.pause(name, "ann");
    hand.await(name);
    assertThat(hand.records.stage(name, "train-l2").getState()).isEqualTo(Stage.State.PARKED);
    experiments.skip(name, "train-full", "ann");
    experiments.retry(name, "train-l2", Map.of("method.l2.lambda", "2"), "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.PAUSED);
    assertThat(hand.records.stage(name, "evaluate-full").getState()).isEqualTo(Stage.State.SKIPPED);
    assertThat(hand.records.stage(name, "train-l2").getState()).isEqualTo(Stage.State.WAITING);
    assertThat(hand.stages.asked("train-l2")).hasSize(1);
    experiments.resume(name, Limits.getDefaultInstance(), "ann");
    Experiment ended = hand.await(name);
    assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(hand.stages.asked("train-l2").get(1).getSpec().getTrain().getMethod().getL2())
        .hasFieldOrPropertyWithValue("lambda", 2.0);
    assertThat(operations(ended))
        .containsExactly(
            "ann: pause",
            "ann: skip train-full",
            "ann: retry train-l2 method.l2.lambda=2",
            "ann: resume");
  }

  @Test
  void aPauseThatComesWhileResultsAreLookedAfterIsKept() throws InterruptedException {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch pausing = new CountDownLatch(1);
    hand.records.whileVerifying(
        () -> {
          looking.countDown();
          waitFor(pausing);
        });
    ExperimentName name = hand.launch();
    waitFor(looking);
    Thread pause = new Thread(() -> experiments.pause(name, "ann"));
    pause.start();
    Thread.sleep(500);
    pausing.countDown();
    pause.join();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.PAUSED);
    experiments.resume(name, Limits.getDefaultInstance(), "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.ATTENTION);
  }

  @Test
  void aPausedExperimentIsCancelled() {
    ExperimentName name = launchUntilItTrains();
    experiments.pause(name, "ann");
    experiments.cancel(name, "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.CANCELLED);
    assertThat(hand.records.stage(name, "train-l2").getState()).isEqualTo(Stage.State.CANCELLED);
    assertThatThrownBy(() -> experiments.pause(name, "ann"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("is CANCELLED, so nothing of it runs: retry a stage");
    assertThatThrownBy(() -> experiments.resume(name, Limits.getDefaultInstance(), "ann"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("is CANCELLED, not PAUSED: retry a stage");
  }

  @Test
  void whatHasEndedIsNotPausedAndWhatRunsIsNotResumed() {
    ExperimentName name = launchUntilItTrains();
    assertThatThrownBy(() -> experiments.resume(name, Limits.getDefaultInstance(), "ann"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("is RUNNING, not PAUSED: there is nothing to resume");
    experiments.pause(name, "ann");
    experiments.resume(name, Limits.getDefaultInstance(), "ann");
    Experiment ended = hand.await(name);
    assertThatThrownBy(() -> experiments.pause(name, "ann"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("has ended: there is nothing to pause");
    assertThat(hand.records.get(name)).isEqualTo(ended);
  }

  /** Until `train-l2` is at work, which does not end before it is stopped. */
  private ExperimentName launchUntilItTrains() {
    hand.stages.blockNext("train-l2");
    ExperimentName name = hand.launch();
    until(() -> hand.records.stage(name, "train-l2").getState() == Stage.State.RUNNING);
    return name;
  }

  private static List<String> operations(Experiment experiment) {
    return experiment.getOperationsList().stream()
        .map(operation -> operation.getActor() + ": " + operation.getAction())
        .toList();
  }

  private static void waitFor(CountDownLatch event) {
    try {
      assertThat(event.await(20, TimeUnit.SECONDS)).as("in time").isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
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
