package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import dev.kedge.v1.Stage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** No project has more than two stages at work. */
@Timeout(300)
class PermitsTest {
  private static final int LIMIT = 2;

  private Stagehand hand;

  @BeforeEach
  void start() {
    hand = new Stagehand(LIMIT);
  }

  @AfterEach
  void stop() {
    hand.close();
  }

  @Test
  void twoProjectsWithMoreWorkThanPermitsFinishAndNeitherEverHasMore() {
    hand.stages.takeTime(Duration.ofMillis(200));
    List<ExperimentName> names = Stream.of("a", "b", "a", "a", "b").map(hand::launchIn).toList();
    assertThat(names).allMatch(name -> hand.await(name).getState() == Experiment.State.SUCCEEDED);
    assertThat(hand.stages.mostAtOnce("a")).isEqualTo(LIMIT);
    assertThat(hand.stages.mostAtOnce("b")).isEqualTo(LIMIT);
    assertThat(hand.stages.mostAtOnceInAll()).as("each has its own").isGreaterThan(LIMIT);
    hand.untilClosed("permits/a");
    assertThat(names)
        .flatExtracting(name -> hand.records.get(name).getStagesList())
        .noneMatch(Stage::getWaitsForPermit);
  }

  @Test
  void whatIsThereWaitsForNoPermit() {
    ExperimentName first = hand.launchIn("b");
    hand.results.keep(hand.await(first));
    hand.results.missNext(hand.records.stage(first, "prepare-t").getKey());
    hand.results.missNext(hand.records.stage(first, "prepare-e").getKey());
    CountDownLatch end = new CountDownLatch(1);
    ExperimentName holder = launchThatHoldsAll(end);
    Experiment ended = hand.await(hand.launchIn("a"));
    assertThat(ended.getStagesList()).allMatch(Stage::getCached);
    end.countDown();
    hand.await(holder);
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = Stagehand.REAL_TEMPORAL,
      matches = ".+",
      disabledReason = "the embedded Temporal waits for ever for a worker that is gone")
  void anOrchestratorThatIsKilledLosesNoPermit() {
    hand.stages.takeTime(Duration.ofMillis(300));
    List<ExperimentName> names = Stream.of("a", "a", "a").map(hand::launchIn).toList();
    for (int kills = 0; kills < 3; kills++) {
      int asked = hand.stages.askedInAll();
      hand.until(() -> hand.stages.askedInAll() > asked);
      hand.killOrchestrator();
    }
    assertThat(names).allMatch(name -> hand.await(name).getState() == Experiment.State.SUCCEEDED);
    assertThat(hand.stages.mostAtOnce("a")).isEqualTo(LIMIT);
    hand.untilClosed("permits/a");
  }

  /** Has all permits of the project, until its stages may end. */
  private ExperimentName launchThatHoldsAll(CountDownLatch end) {
    hand.stages.waitNext("prepare-t", end);
    hand.stages.waitNext("prepare-e", end);
    int before = hand.stages.askedInAll();
    ExperimentName holder = hand.launchIn("a");
    hand.until(() -> hand.stages.askedInAll() == before + LIMIT);
    return holder;
  }

  private ExperimentName launchThatWaits() {
    ExperimentName next = hand.launchIn("a");
    hand.until(() -> hand.records.stage(next, "prepare-t").getWaitsForPermit());
    return next;
  }

  @Test
  void permitsOfAWorkflowThatSomebodyEndedComeBack() {
    ExperimentName holder = launchThatHoldsAll(new CountDownLatch(1));
    ExperimentName next = launchThatWaits();
    hand.terminate(holder);
    assertThat(hand.await(next).getState()).isEqualTo(Experiment.State.SUCCEEDED);
  }

  @Test
  @Timeout(60)
  void permitsOfAWorkflowThatSomebodyEndedComeBackThoughOthersComeAndGo() throws Exception {
    ExperimentName holder = launchThatHoldsAll(new CountDownLatch(1));
    ExperimentName next = launchThatWaits();
    hand.terminate(holder);
    while (hand.records.stage(next, "prepare-t").getWaitsForPermit()) {
      hand.permits("a").giveBack(new Permit("another", "run", "leaves"));
      Thread.sleep(300);
    }
    assertThat(hand.await(next).getState()).isEqualTo(Experiment.State.SUCCEEDED);
  }

  @Test
  @Timeout(60)
  void permitsThatAreAskedForAgainOnceTheirStagesHaveEndedComeBack() {
    CountDownLatch done = new CountDownLatch(1);
    hand.stages.waitNext("train-full", done);
    hand.stages.waitNext("train-l2", done);
    ExperimentName name = hand.launchIn("a");
    hand.untilRunning(name, "train-full");
    hand.untilRunning(name, "train-l2");
    hand.permits("a").ask(hand.permit(name, "prepare-t-1"), LIMIT);
    hand.permits("a").ask(hand.permit(name, "prepare-e-2"), LIMIT);
    done.countDown();
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    hand.untilClosed("permits/a");
  }

  @Test
  void whoIsPausedWhileItWaitsLeavesTheQueueAndTakesAnotherPlaceLater() {
    CountDownLatch done = new CountDownLatch(1);
    ExperimentName first = launchThatHoldsAll(done);
    ExperimentName second = launchThatWaits();
    hand.experiments().pause(second, "ann");
    Experiment paused = hand.await(second);
    assertThat(paused.getStagesList())
        .noneMatch(Stage::getWaitsForPermit)
        .allMatch(stage -> stage.getAttempts() == 0);
    done.countDown();
    assertThat(hand.await(first).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    hand.experiments().resume(second, Limits.getDefaultInstance(), "ann");
    assertThat(hand.await(second).getState()).isEqualTo(Experiment.State.SUCCEEDED);
  }

  @Test
  void afterTemporalForgotAllPermitsAreAskedForAnew() {
    hand.stages.blockNext("train-l2");
    ExperimentName name = hand.launchIn("a");
    hand.untilRunning(name, "train-l2");
    hand.restart();
    hand.experiments().start(name);
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
  }
}
