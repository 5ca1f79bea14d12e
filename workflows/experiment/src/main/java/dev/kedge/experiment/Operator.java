package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import dev.kedge.plan.AllowedOverlap;
import dev.kedge.plan.PlannedStage;
import dev.kedge.v1.Allowance;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import dev.kedge.v1.Operation;
import dev.kedge.v1.PauseCause;
import dev.kedge.v1.Stage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What people do to an experiment. Each check throws {@link Refused} where that cannot be. */
final class Operator {
  private final Board board;
  private final StageRows rows;

  Operator(Board board) {
    this.board = board;
    this.rows = board.rows();
  }

  /** Checks a wish anew, names in its changes too. */
  void checkRetry(String id, Map<String, String> changes) {
    requireRetriable(id, changes);
    try {
      AllowedOverlap.check(changed(id, changes).spec().getOverlap());
    } catch (IllegalArgumentException wrong) {
      throw new Refused(wrong.getMessage());
    }
  }

  private void requireRetriable(String id, Map<String, String> changes) {
    changed(id, changes);
    Stage row = rows.get(id);
    switch (row.getState()) {
      case PARKED, CANCELLED -> {}
      case SKIPPED -> requireNeeds(row);
      default ->
          throw new Refused(
              "stage `%s` is %s: only a parked, skipped or cancelled one is retried"
                  .formatted(id, row.getState()));
    }
  }

  private void requireNeeds(Stage row) {
    if (rows.planState().isLost(board.stages().get(row.getId()))) {
      List<String> skipped =
          row.getNeedsList().stream()
              .filter(need -> rows.state(need) == Stage.State.SKIPPED)
              .toList();
      throw new Refused(
          "stage `%s` needs %s, which was skipped: retry that".formatted(row.getId(), skipped));
    }
  }

  /** The stage waits again, and with it whatever was given up or made without it. */
  void retry(String id, Map<String, String> changes, String actor, Timestamp now) {
    requireRetriable(id, changes);
    board.stages().put(id, changed(id, changes));
    rows.in(Stage.State.CANCELLED).forEach(rows::reset);
    rows.reset(rows.get(id).toBuilder().putAllChanged(changes).build());
    board.dependents(id).forEach(this::revive);
    note(actor, "retry " + id + text(changes), now);
    if (board.state() != Experiment.State.PAUSED) {
      board.enter(Experiment.State.RUNNING);
    }
  }

  private PlannedStage changed(String id, Map<String, String> changes) {
    try {
      return Board.changed(stage(id), changes);
    } catch (IllegalArgumentException wrong) {
      throw new Refused(wrong.getMessage());
    }
  }

  private PlannedStage stage(String id) {
    PlannedStage stage = board.stages().get(id);
    if (stage == null) {
      throw new Refused("%s has no stage `%s`: `kedge get` lists them".formatted(board.name(), id));
    }
    return stage;
  }

  private void revive(String id) {
    Stage row = rows.get(id);
    boolean again =
        switch (row.getState()) {
          case SUCCEEDED, RUNNING -> true;
          case SKIPPED -> !row.hasError();
          default -> false;
        };
    if (again) {
      rows.reset(row);
    }
  }

  void checkSkip(String id) {
    stage(id);
    if (rows.state(id) != Stage.State.PARKED) {
      throw new Refused(
          "stage `%s` is %s: only a parked one is skipped".formatted(id, rows.state(id)));
    }
  }

  /** The error stays: it tells a stage that somebody gave up from one that was lost with it. */
  void skip(String id, String actor, Timestamp now) {
    checkSkip(id);
    rows.put(rows.get(id).toBuilder().setState(Stage.State.SKIPPED).setEndTime(now));
    note(actor, "skip " + id, now);
    if (board.state() == Experiment.State.ATTENTION) {
      board.enter(Experiment.State.RUNNING);
    }
  }

  void checkCancel() {
    if (board.state() == Experiment.State.SUCCEEDED) {
      throw new Refused("%s has ended: there is nothing to cancel".formatted(board.name()));
    }
  }

  void cancel(String actor, Timestamp now) {
    checkCancel();
    if (board.state() == Experiment.State.CANCELLED) {
      return;
    }
    for (Stage row : rows.all()) {
      if (row.getState() == Stage.State.WAITING || row.getState() == Stage.State.RUNNING) {
        rows.put(row.toBuilder().setState(Stage.State.CANCELLED).setEndTime(now));
      }
    }
    note(actor, "cancel", now);
    board.enter(Experiment.State.CANCELLED, now);
  }

  void checkPause() {
    switch (board.state()) {
      case SUCCEEDED ->
          throw new Refused("%s has ended: there is nothing to pause".formatted(board.name()));
      case CANCELLED ->
          throw new Refused(
              "%s is CANCELLED, so nothing of it runs: retry a stage to go on with it"
                  .formatted(board.name()));
      default -> {}
    }
  }

  /** Stages at work are left as they are until they have stopped. */
  void pause(String actor, Timestamp now) {
    checkPause();
    if (board.state() != Experiment.State.PAUSED) {
      note(actor, "pause", now);
      board.enter(Experiment.State.PAUSED);
    }
  }

  /**
   * Checks a wish to go on.
   *
   * @param more limits from now on
   */
  void checkResume(Limits more, Timestamp now) {
    if (board.state() != Experiment.State.PAUSED) {
      throw new Refused(
          "%s is %s, not PAUSED: %s"
              .formatted(
                  board.name(),
                  board.state(),
                  switch (board.state()) {
                    case ATTENTION -> "retry or skip its parked stages";
                    case CANCELLED -> "retry a stage to go on with it";
                    default -> "there is nothing to resume";
                  }));
    }
    board
        .reached(extended(more, now), now)
        .ifPresent(
            limit -> {
              throw new Refused(
                  "%s cannot go on as it is: %s".formatted(board.name(), limit.getMessage()));
            });
  }

  void resume(Limits more, String actor, Timestamp now) {
    checkResume(more, now);
    note(actor, "resume" + text(more), now);
    board.allow(extended(more, now));
    board.enter(Experiment.State.RUNNING);
  }

  private Allowance extended(Limits more, Timestamp now) {
    return Allowances.extended(board.allowance(), more, board.used(), now);
  }

  /** Kedge itself sets the experiment aside, as a person would. */
  void pauseFor(PauseCause limit, Timestamp now) {
    note("kedge", "pause: " + limit.getReason(), now);
    board.pause(limit);
  }

  private static String text(Limits limits) {
    return (limits.hasFinishWithinHours()
            ? " finish_within_hours=" + Allowances.text(limits.getFinishWithinHours())
            : "")
        + (limits.hasComputeHours()
            ? " compute_hours=" + Allowances.text(limits.getComputeHours())
            : "");
  }

  private void note(String actor, String action, Timestamp now) {
    board.note(Operation.newBuilder().setTime(now).setActor(actor).setAction(action).build());
  }

  private static String text(Map<String, String> changes) {
    return changes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(change -> " " + change.getKey() + "=" + change.getValue())
        .collect(Collectors.joining());
  }
}
