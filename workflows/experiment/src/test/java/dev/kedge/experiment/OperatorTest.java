package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.contract.StageKey;
import dev.kedge.plan.Plan;
import dev.kedge.plan.PlannedStage;
import dev.kedge.stage.v1.AverageSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.OverlapSpec;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageResult;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plan of two chains, a → b → c and d. */
class OperatorTest {
  private static final Timestamp NOW = Timestamps.fromMillis(1000);

  private final Board board =
      new Board(
          Experiment.newBuilder()
              .setName("projects/p/experiments/e")
              .setState(Experiment.State.PENDING)
              .build(),
          new Plan(List.of(prepare("a"), average("b", "a"), average("c", "b"), prepare("d"))));

  private final Operator operator = new Operator(board);

  @Test
  void aSkippedStageLosesWhatNeedsItAndARetryBringsAllBack() {
    park("a");
    operator.skip("a", "ann", NOW);
    board.skipLost(NOW);
    assertThat(states()).containsExactly("SKIPPED", "SKIPPED", "SKIPPED", "WAITING");
    operator.retry("a", Map.of(), "ann", NOW);
    assertThat(states()).containsOnly("WAITING");
  }

  @Test
  void whatSomebodySkippedItselfStaysSkippedWhenItsNeedIsRetried() {
    succeed("a");
    park("b");
    operator.skip("b", "ann", NOW);
    board.skipLost(NOW);
    board.lost(List.of("a"), Board.WANT_OF_INPUT, NOW);
    park("a");
    operator.retry("a", Map.of(), "ann", NOW);
    board.skipLost(NOW);
    assertThat(states()).containsExactly("WAITING", "SKIPPED", "SKIPPED", "WAITING");
  }

  @Test
  void aStageThatHasBegunNamesItsWorkAlsoOnceItIsCancelled() {
    board.started("a", NOW);
    String key = StageKey.of(board.resolve(board.stages().get("a")));
    assertThat(board.rows().get("a").getKey()).isEqualTo(key);
    operator.cancel("ann", NOW);
    assertThat(board.rows().get("a").getKey()).isEqualTo(key);
    assertThat(board.rows().get("b").getKey()).isEmpty();
  }

  @Test
  void aHeldStageWaitsAndWasNotTried() {
    board.started("a", NOW);
    board.held("a");
    assertThat(board.rows().get("a").getAttempts()).isZero();
    assertThat(states()).containsOnly("WAITING");
  }

  @Test
  void aWordOfAStageWhoseNeedWasTakenBackChangesNothing() {
    board.started("b", NOW);
    assertThat(states()).containsOnly("WAITING");
  }

  @Test
  void aLostResultTakesBackWhatWasMadeOfIt() {
    succeed("a");
    succeed("b");
    succeed("d");
    board.lost(List.of("a"), Board.WANT_OF_INPUT, NOW);
    assertThat(states()).containsExactly("WAITING", "WAITING", "WAITING", "SUCCEEDED");
  }

  @Test
  void aStageThatWasLostWithAnotherIsNotRetriedAlone() {
    park("a");
    operator.skip("a", "ann", NOW);
    board.skipLost(NOW);
    assertThatThrownBy(() -> operator.checkRetry("b", Map.of()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("needs [a], which was skipped");
  }

  @Test
  void anUnknownNameIsRefusedWhenItIsWishedAndLeftAsItWasInAHistory() {
    var spec = OverlapSpec.newBuilder();
    spec.addSetsBuilder().setName("photo").setPurpose(OverlapSpec.Purpose.REPORT);
    var overlap = new PlannedStage("overlap", StageSpec.newBuilder().setOverlap(spec).build());
    var compared =
        new Board(
            Experiment.newBuilder()
                .setName("projects/p/experiments/e")
                .setState(Experiment.State.PENDING)
                .build(),
            new Plan(List.of(overlap)));
    compared.parked("overlap", "key", StageError.newBuilder().setReason("R").build(), NOW);
    Map<String, String> unknown = Map.of("allowed", "[\"phto\"]");
    assertThatThrownBy(() -> new Operator(compared).checkRetry("overlap", unknown))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("called phto; there are photo");
    new Operator(compared).retry("overlap", unknown, "ann", NOW);
    assertThat(compared.rows().get("overlap").getState()).isEqualTo(Stage.State.WAITING);
  }

  @Test
  void skippingInACancelledExperimentDoesNotSetItGoing() {
    park("a");
    operator.cancel("ann", NOW);
    operator.skip("a", "ann", NOW);
    assertThat(board.state()).isEqualTo(Experiment.State.CANCELLED);
    assertThat(board.ready()).isEmpty();
  }

  @Test
  void aWordThatComesAfterTheCancellationChangesNothing() {
    board.started("a", NOW);
    operator.cancel("ann", NOW);
    board.started("d", NOW);
    board.waiting("a");
    park("a");
    assertThat(states()).containsOnly("CANCELLED");
  }

  @Test
  void aRetriedStageOfACancelledExperimentBringsTheOthersBack() {
    succeed("a");
    operator.cancel("ann", NOW);
    operator.retry("d", Map.of(), "ann", NOW);
    assertThat(states()).containsExactly("SUCCEEDED", "WAITING", "WAITING", "WAITING");
    assertThat(board.ready()).extracting(PlannedStage::id).containsExactly("b", "d");
    assertThat(board.takeChange(NOW).hasEndTime()).isFalse();
  }

  @Test
  void everyChangeIsNewerThanTheOneBefore() {
    Experiment first = board.takeChange(NOW);
    board.saved(first, board.moves());
    assertThat(board.hasNews()).isFalse();
    park("a");
    assertThat(board.hasNews()).isTrue();
    Experiment second = board.takeChange(NOW);
    assertThat(Timestamps.compare(second.getUpdateTime(), first.getUpdateTime())).isPositive();
    assertThat(second.getStagesList()).extracting(Stage::getId).containsExactly("a");
  }

  private void park(String id) {
    board.parked(id, "key", StageError.newBuilder().setReason("R").build(), NOW);
  }

  private void succeed(String id) {
    board.succeeded(id, StageResult.newBuilder().setArtifact("sha256:x").build(), NOW);
  }

  private List<String> states() {
    return board.rows().all().stream().map(row -> row.getState().name()).toList();
  }

  private static PlannedStage prepare(String id) {
    return new PlannedStage(
        id, StageSpec.newBuilder().setPrepare(PrepareSpec.getDefaultInstance()).build());
  }

  private static PlannedStage average(String id, String of) {
    var spec = AverageSpec.newBuilder().setSelection(Input.newBuilder().setStage(of));
    return new PlannedStage(id, StageSpec.newBuilder().setAverage(spec).build());
  }
}
