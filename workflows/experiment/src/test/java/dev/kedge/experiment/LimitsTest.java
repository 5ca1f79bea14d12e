package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.util.Timestamps;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import dev.kedge.v1.Operation;
import dev.kedge.v1.Stage;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An experiment goes as far as its file allows, and further once somebody says so. */
@Timeout(120)
class LimitsTest {
  private static final Limits NO_MORE = Limits.getDefaultInstance();
  private static final Limits AN_HOUR_TO_GO = within(3600);
  private static final Limits AN_HOUR_TO_COMPUTE = computing(3600);

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
  void whatIsNotFinishedInTimeIsPausedAndGoesOnWithMoreTime() {
    hand.stages.blockNext("train-l2");
    ExperimentName name = hand.launch(within(10));
    Experiment paused = hand.await(name);
    assertThat(paused.getState()).isEqualTo(Experiment.State.PAUSED);
    assertThat(paused.getPauseCause().getReason()).isEqualTo("TIME_OVER");
    assertThat(paused.getPauseCause().getMessage())
        .contains(
            Timestamps.toString(paused.getAllowance().getFinishBy()),
            "limits.finish_within_hours",
            "`kedge resume %s --finish-within-hours HOURS`".formatted(name.id()));
    Stage stopped = hand.records.stage(name, "train-l2");
    assertThat(stopped.getState()).isEqualTo(Stage.State.WAITING);
    assertThat(stopped.getAttempts()).as("it was no attempt").isZero();
    assertThat(hand.records.stage(name, "evaluate-full").getState())
        .as("what was done in time stays")
        .isEqualTo(Stage.State.SUCCEEDED);

    assertThatThrownBy(() -> experiments.resume(name, NO_MORE, "ann"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("cannot go on as it is: its time was over at");
    experiments.resume(name, AN_HOUR_TO_GO, "ann");
    Experiment ended = hand.await(name);
    assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(ended.hasPauseCause()).isFalse();
    assertThat(ended.getStagesList()).allMatch(stage -> stage.getAttempts() == 1);
    assertThat(ended.getOperationsList())
        .extracting(Operation::getActor, Operation::getAction)
        .containsExactly(
            tuple("kedge", "pause: TIME_OVER"), tuple("ann", "resume finish_within_hours=1"));
  }

  @Test
  void timeIsCountedFromTheLaunchWhateverTemporalForgets() {
    hand.stages.blockNext("train-l2");
    hand.stages.blockNext("train-l2");
    ExperimentName name = hand.launch(within(12));
    hand.untilRunning(name, "train-l2");
    hand.restart();
    hand.experiments().start(name);
    Experiment paused = hand.await(name);
    assertThat(paused.getPauseCause().getReason()).isEqualTo("TIME_OVER");
    assertThat(
            Timestamps.between(paused.getCreateTime(), paused.getOperations(0).getTime())
                .getSeconds())
        .isBetween(12L, 16L);
  }

  @Test
  void whatTimeHasPassedOverIsPausedBeforeItBeginsAnything() {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName name = hand.launch(within(8));
    Experiment attention = hand.await(name);
    assertThat(attention.getState()).isEqualTo(Experiment.State.ATTENTION);
    hand.untilTime(attention.getAllowance().getFinishBy());
    experiments.retry(name, "train-l2", Map.of(), "ann");
    assertThat(hand.await(name).getPauseCause().getReason()).isEqualTo("TIME_OVER");
    assertThat(hand.stages.asked("train-l2")).hasSize(1);
    experiments.resume(name, AN_HOUR_TO_GO, "ann");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
  }

  @Test
  void whatHasNothingLeftToDoSucceedsHoweverLongItTook() {
    hand.records.whileVerifying(
        () -> hand.untilTime(hand.records.only().getAllowance().getFinishBy()));
    ExperimentName name = hand.launch(within(20));
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
  }

  @Test
  void computingStopsAtTheBudgetAndGoesOnWithMore() {
    hand.stages.computeNext("train-l2");
    ExperimentName name = hand.launch(computing(4));
    Experiment paused = hand.await(name);
    assertThat(paused.getState()).isEqualTo(Experiment.State.PAUSED);
    assertThat(paused.getPauseCause().getReason()).isEqualTo("COMPUTE_USED");
    assertThat(paused.getPauseCause().getMessage())
        .contains("and may for 0.00111 h (limits.compute_hours)", "--compute-hours HOURS`");
    Stage stopped = hand.records.stage(name, "train-l2");
    assertThat(stopped.getState()).isEqualTo(Stage.State.WAITING);
    double used = stopped.getComputedOrThrow(stopped.getKey());
    assertThat(used).as("little more than it may").isBetween(4.0, 9.0);
    assertThat(stopped.getComputeSeconds()).isEqualTo(used);

    assertThatThrownBy(() -> experiments.resume(name, AN_HOUR_TO_GO, "ann"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("cannot go on as it is: it has computed for");
    experiments.resume(name, AN_HOUR_TO_COMPUTE, "ann");
    Experiment ended = hand.await(name);
    assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(ended.getAllowance().getComputeSeconds()).isBetween(used + 3600, used + 3610);
  }

  @Test
  void aStageThatWaitsForItsServicesSlotUsesNothing() throws InterruptedException {
    CountDownLatch slot = new CountDownLatch(1);
    hand.stages.waitNext("train-l2", slot);
    ExperimentName name = hand.launch(computing(2));
    hand.untilRunning(name, "train-l2");
    Thread.sleep(6000);
    assertThat(hand.records.get(name).getState()).isEqualTo(Experiment.State.RUNNING);
    slot.countDown();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
  }

  @Test
  void whatAFailedAttemptHasComputedCounts() {
    hand.stages.failAfterNext("train-l2", 50);
    ExperimentName name = hand.launch(computing(54));
    Experiment attention = hand.await(name);
    assertThat(attention.getState()).isEqualTo(Experiment.State.ATTENTION);
    hand.stages.computeNext("train-l2");
    experiments.retry(name, "train-l2", Map.of("method.l2.lambda", "2"), "ann");
    Experiment paused = hand.await(name);
    assertThat(paused.getPauseCause().getReason())
        .as("50 s under the old parameter and 4 s under the new one")
        .isEqualTo("COMPUTE_USED");
    assertThat(hand.records.stage(name, "train-l2").getComputedMap()).hasSize(2);
  }

  @Test
  void aResumeLimitsAnExperimentThatHadNoLimits() {
    hand.stages.blockNext("train-l2");
    ExperimentName name = hand.launch(NO_MORE);
    hand.untilRunning(name, "train-l2");
    experiments.pause(name, "ann");
    assertThat(hand.await(name).hasAllowance()).isFalse();
    hand.stages.blockNext("train-l2");
    experiments.resume(name, within(3), "ann");
    assertThat(hand.await(name).getPauseCause().getReason()).isEqualTo("TIME_OVER");
    experiments.cancel(name, "ann");
    Experiment cancelled = hand.await(name);
    assertThat(cancelled.getState()).isEqualTo(Experiment.State.CANCELLED);
    assertThat(cancelled.hasPauseCause()).isFalse();
  }

  private static Limits within(double seconds) {
    return Limits.newBuilder().setFinishWithinHours(seconds / 3600).build();
  }

  private static Limits computing(double seconds) {
    return Limits.newBuilder().setComputeHours(seconds / 3600).build();
  }
}
