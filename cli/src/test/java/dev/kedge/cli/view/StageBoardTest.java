package dev.kedge.cli.view;

import static dev.kedge.cli.view.StageTreeTest.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentResponse;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class StageBoardTest {
  @Test
  void stagesAreATreeWithWhatEachOneIsAt() {
    assertThat(board(Paint.NONE).lines(20, 100))
        .containsExactly(
            "e1  RUNNING  2 of 5 stages done, 1 cached, 1 waiting for a permit, 1 parked, 1 skipped",
            "✓ a        cached",
            "├─ ● b     ████████░░░░░░░░ 1 of 2 steps",
            "├─ ▲ c     parked: no data",
            "└─ ○ d     waits for a permit",
            "   └─ ↷ e  skipped");
  }

  @Test
  void noLineIsLongerAndThereAreNoMoreThanThereIsRoomFor() {
    assertThat(board(Paint.NONE).lines(20, 12))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(13));
    assertThat(board(Paint.NONE).lines(4, 100))
        .hasSize(4)
        .anyMatch(line -> line.contains("● b"))
        .anyMatch(line -> line.contains("▲ c"))
        .last()
        .isEqualTo("and 3 more lines");
  }

  @Test
  void ofManyItIsToldHowManyAreDone() {
    StageBoard board = ofEight(2, Stage.State.WAITING);

    assertThat(board.lines(20, 100)).last().isEqualTo("○ 8 × TRAIN  ████░░░░░░░░░░░░ 2 of 8 done");
  }

  @Test
  void whatIsSkippedIsDoneAsOnTheDashboard() {
    StageBoard board = ofEight(6, Stage.State.SKIPPED);

    assertThat(board.lines(20, 100))
        .first()
        .isEqualTo("e1  RUNNING  8 of 8 stages done, 2 skipped");
    assertThat(board.lines(20, 100)).last().asString().contains("8 of 8 done, 2 skipped");
  }

  @Test
  void aStageThatIsRetriedHasItsProgressYetToMake() {
    var board = new StageBoard(Paint.NONE);
    for (Stage.State unseen : List.of(Stage.State.WAITING, Stage.State.PARKED)) {
      board.take(event(Stream.of(attempt(1, Stage.State.RUNNING))));
      board.take(progress(400));
      assertThat(board.lines(20, 100)).last().asString().contains("400 of 400 steps");
      board.take(event(Stream.of(attempt(1, Stage.State.PARKED))));
      board.take(event(Stream.of(attempt(1, unseen))));
      board.take(event(Stream.of(attempt(2, Stage.State.RUNNING))));
      assertThat(board.lines(20, 100)).last().isEqualTo("● b");
    }
  }

  @Test
  void whatAnAttemptSaysBeforeTheRecordTellsOfItIsKept() {
    var board = new StageBoard(Paint.NONE);
    board.take(event(Stream.of(attempt(1, Stage.State.WAITING))));
    board.take(progress(7));
    board.take(event(Stream.of(attempt(2, Stage.State.RUNNING))));

    assertThat(board.lines(20, 100)).last().asString().contains("7 of 400 steps");
  }

  /** Eight alike: so many that succeeded, and the others. */
  private static StageBoard ofEight(int succeeded, Stage.State others) {
    var board = new StageBoard(Paint.NONE);
    board.take(
        event(
            IntStream.range(0, 8)
                .mapToObj(
                    i -> stage("t" + i, "TRAIN", i < succeeded ? Stage.State.SUCCEEDED : others))));
    return board;
  }

  private static Stage attempt(int number, Stage.State state) {
    return stage("b", "TRAIN", state).toBuilder().setAttempts(number).build();
  }

  private static WatchExperimentResponse progress(int done) {
    return WatchExperimentResponse.newBuilder()
        .setProgress(
            StageProgress.newBuilder().setStage("b").setDone(done).setTotal(400).setUnit("steps"))
        .build();
  }

  @Test
  void coloursAreForTerminalsAndTakeNoRoom() {
    List<String> lines = board(new Paint(Ansi.ON)).lines(20, 12);

    assertThat(lines).anyMatch(line -> line.startsWith("\u001b[1m\u001b[31m├─ ▲ c"));
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.replaceAll("\u001b\\[\\d*m", "")).hasSizeLessThan(13));
  }

  @Test
  void whatAStageSaysStaysInItsLine() {
    var board = new StageBoard(Paint.NONE);
    board.take(
        event(
            Stream.of(
                stage("c", "TRAIN", Stage.State.PARKED).toBuilder()
                    .setError(StageError.newBuilder().setMessage("a\n\u001b[2Jb"))
                    .build())));

    assertThat(board.lines(20, 100)).last().isEqualTo("▲ c  parked: a\\n\\u001b[2Jb");
    assertThat(board.lines(20, 14)).last().isEqualTo("▲ c  parked: a");
  }

  private static StageBoard board(Paint paint) {
    var board = new StageBoard(paint);
    board.take(
        event(
            Stream.of(
                stage("a", "PREPARE", Stage.State.SUCCEEDED).toBuilder().setCached(true).build(),
                stage("b", "TRAIN", Stage.State.RUNNING, "a"),
                stage("c", "TRAIN", Stage.State.PARKED, "a").toBuilder()
                    .setError(StageError.newBuilder().setMessage("no data"))
                    .build(),
                stage("d", "TRAIN", Stage.State.WAITING, "a").toBuilder()
                    .setWaitsForPermit(true)
                    .setWaitsFor("waits for a permit")
                    .build(),
                stage("e", "EVALUATE", Stage.State.SKIPPED, "d"))));
    board.take(
        WatchExperimentResponse.newBuilder()
            .setProgress(
                StageProgress.newBuilder().setStage("b").setDone(1).setTotal(2).setUnit("steps"))
            .build());
    return board;
  }

  private static WatchExperimentResponse event(Stream<Stage> stages) {
    return WatchExperimentResponse.newBuilder()
        .setExperiment(
            Experiment.newBuilder()
                .setName("projects/p/experiments/e1")
                .setState(Experiment.State.RUNNING)
                .addAllStages(stages.toList()))
        .build();
  }
}
