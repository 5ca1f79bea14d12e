package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentResponse;
import org.junit.jupiter.api.Test;

class StageBoardTest {
  private final StageBoard board = new StageBoard();

  @Test
  void stagesAtWorkAndParkedOnesHaveARow() {
    board.take(
        WatchExperimentResponse.newBuilder()
            .setExperiment(
                Experiment.newBuilder()
                    .setName("projects/p/experiments/e1")
                    .setState(Experiment.State.RUNNING)
                    .addStages(stage("a", Stage.State.SUCCEEDED).setCached(true))
                    .addStages(stage("b", Stage.State.RUNNING))
                    .addStages(
                        stage("c", Stage.State.PARKED)
                            .setError(StageError.newBuilder().setMessage("no data")))
                    .addStages(stage("d", Stage.State.WAITING).setWaitsForPermit(true)))
            .build());
    board.take(
        WatchExperimentResponse.newBuilder()
            .setProgress(
                StageProgress.newBuilder().setStage("b").setDone(1).setTotal(2).setUnit("steps"))
            .build());

    assertThat(board.lines(10, 100))
        .containsExactly(
            "e1  RUNNING  1 of 4 stages done, 1 cached, 1 waiting for a permit, 1 parked",
            "  ████████████░░░░░░░░░░░░  b 1 of 2 steps",
            "  c  parked: no data");
    assertThat(board.lines(1, 100)).last().isEqualTo("  and 1 more");
    assertThat(board.lines(10, 12)).allSatisfy(line -> assertThat(line).hasSizeLessThan(13));
  }

  private static Stage.Builder stage(String id, Stage.State state) {
    return Stage.newBuilder().setId(id).setState(state);
  }
}
