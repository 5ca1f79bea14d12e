package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import dev.kedge.plan.Planner;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What would become of an experiment if a stage were skipped, by the moves that its workflow makes;
 * nothing is changed.
 */
public final class SkipPreview {
  private SkipPreview() {}

  /**
   * The experiment as it would be without a stage: that one and all that would be given up with it
   * are SKIPPED.
   *
   * @param record as it is now
   * @throws Refused if the stage cannot be skipped as it stands
   */
  public static Experiment of(Experiment record, String stage) {
    Timestamp now = record.getUpdateTime();
    Board board = new Board(record, Planner.plan(record));
    new Operator(board).skip(stage, "nobody", now);
    board.skipLost(now);
    Set<String> given =
        board.rows().in(Stage.State.SKIPPED).stream().map(Stage::getId).collect(Collectors.toSet());
    Experiment.Builder then = record.toBuilder();
    then.getStagesBuilderList().stream()
        .filter(row -> given.contains(row.getId()))
        .forEach(row -> row.setState(Stage.State.SKIPPED));
    return then.build();
  }
}
