package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.plan.Plan;
import dev.kedge.plan.PlannedStage;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageResult;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.Allowance;
import dev.kedge.v1.Experiment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two stages, a and b, and 100 s for both. */
class MeterTest {
  private static final Timestamp NOW = Timestamps.fromMillis(1000);

  private final Board board =
      new Board(
          Experiment.newBuilder()
              .setName("projects/p/experiments/e")
              .setState(Experiment.State.PENDING)
              .setAllowance(Allowance.newBuilder().setComputeSeconds(100))
              .build(),
          new Plan(List.of(prepare("a"), prepare("b"))));

  private final Meter meter = new Meter(board);

  @Test
  void twoStagesReachTheLimitTwiceAsEarly() {
    start("a", 0);
    assertThat(meter.untilReading(0)).contains(Duration.ofSeconds(100));
    start("b", 40_000);
    assertThat(meter.untilReading(40_000)).contains(Duration.ofSeconds(30));
    assertThat(meter.isToBeRead(69_999)).isFalse();
    assertThat(meter.isToBeRead(70_000)).isTrue();
  }

  @Test
  void whatWasReadIsKnownAndTheRestIsLeft() {
    start("a", 0);
    meter.read(Map.of("activity of a", 30.0), 100_000);
    assertThat(board.used()).isEqualTo(30);
    assertThat(meter.isToBeRead(100_000)).isFalse();
    assertThat(meter.untilReading(100_000)).contains(Duration.ofSeconds(70));
  }

  @Test
  void aStageThatDoesNotGetFurtherIsAskedAboutEverMoreRarely() {
    start("a", 0);
    meter.read(Map.of("activity of a", 99.5), 1000);
    assertThat(meter.untilReading(1000)).contains(Duration.ofSeconds(1));
    for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      meter.read(Map.of("activity of a", 99.5), 1000);
      assertThat(meter.untilReading(1000)).contains(Duration.ofSeconds(seconds));
    }
    meter.read(Map.of("activity of a", 99.6), 1000);
    assertThat(meter.untilReading(1000)).contains(Duration.ofSeconds(1));
  }

  @Test
  void whereNothingComputesNothingIsAsked() {
    assertThat(meter.untilReading(0)).isEmpty();
    assertThat(meter.isToBeRead(1_000_000)).isFalse();
  }

  @Test
  void aResultThatWasThereCostsNothing() {
    start("a", 0);
    board.succeeded("a", result(40).setCached(true).build(), NOW);
    assertThat(board.rows().get("a").getCached()).isTrue();
    assertThat(board.used()).isZero();
  }

  @Test
  void aResultThatAnEarlierAttemptHadMadeIsNotFreeAndTheStagesOwn() {
    start("a", 0);
    String key = board.rows().get("a").getKey();
    board.lostSightOf("a", key);
    board.waiting("a");
    start("a", 1);
    board.succeeded("a", result(40).setKey(key).setCached(true).build(), NOW);
    assertThat(board.rows().get("a").getCached()).isFalse();
    assertThat(board.used()).isEqualTo(40);
  }

  @Test
  void aLostMachinesWorkStaysCounted() {
    start("a", 0);
    String key = board.rows().get("a").getKey();
    board.computed("a", key, 50);
    board.succeeded("a", result(40).setKey(key).build(), NOW);
    assertThat(board.used()).isEqualTo(50);
    assertThat(board.rows().get("a").getComputeSeconds()).isEqualTo(40);
  }

  @Test
  void anAttemptWithParametersThatWereChangedSinceWasPaidForAndIsNotTheStagesOwn() {
    start("a", 0);
    String key = board.rows().get("a").getKey();
    board.rows().reset(board.rows().get("a"));
    board.computed("a", key, 50);
    assertThat(board.used()).isEqualTo(50);
    assertThat(board.rows().get("a").getComputeSeconds()).isZero();
    meter.read(Map.of("activity of a", 60.0), 1000);
    assertThat(board.rows().get("a").getComputedMap()).containsExactly(Map.entry(key, 60.0));
  }

  private void start(String stage, long millis) {
    board.started(stage, NOW);
    meter.started(stage, "activity of " + stage, millis);
  }

  private static StageResult.Builder result(double seconds) {
    return StageResult.newBuilder()
        .setKey("key")
        .setArtifact("sha256:x")
        .setComputeSeconds(seconds);
  }

  private static PlannedStage prepare(String id) {
    return new PlannedStage(
        id, StageSpec.newBuilder().setPrepare(PrepareSpec.getDefaultInstance()).build());
  }
}
