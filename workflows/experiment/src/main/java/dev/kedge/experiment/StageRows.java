package dev.kedge.experiment;

import dev.kedge.plan.Finished;
import dev.kedge.plan.PlanState;
import dev.kedge.v1.Stage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stages' rows of a record, in the plan's order, and which of them have changed. */
final class StageRows {
  private final Map<String, Stage> rows = new LinkedHashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private long moves;

  /** A row as it is in the record. */
  void takeUp(Stage row) {
    rows.put(row.getId(), row);
  }

  void put(Stage.Builder row) {
    if (row.getState() != Stage.State.WAITING) {
      row.clearNextTry();
    }
    rows.put(row.getId(), row.build());
    changed.add(row.getId());
    moves++;
  }

  /** The stage has not run: whatever it showed is gone. */
  void reset(Stage row) {
    put(
        row.toBuilder()
            .setState(Stage.State.WAITING)
            .clearError()
            .clearKey()
            .clearArtifact()
            .clearCached()
            .clearNextTry()
            .clearEndTime());
  }

  Stage get(String id) {
    return rows.get(id);
  }

  Stage.State state(String id) {
    return rows.get(id).getState();
  }

  List<Stage> all() {
    return List.copyOf(rows.values());
  }

  List<Stage> in(Stage.State state) {
    return rows.values().stream().filter(row -> row.getState() == state).toList();
  }

  /** Counts every change. */
  long moves() {
    return moves;
  }

  /** The rows that changed since this was last asked. */
  List<Stage> takeChanged() {
    List<Stage> taken = changed.stream().map(rows::get).toList();
    changed.clear();
    return taken;
  }

  PlanState planState() {
    Map<String, Finished> finished = new LinkedHashMap<>();
    Set<String> skipped = new LinkedHashSet<>();
    Map<String, Map<String, String>> edited = new LinkedHashMap<>();
    for (Stage row : rows.values()) {
      edited.put(row.getId(), row.getChangedMap());
      if (row.getState() == Stage.State.SUCCEEDED) {
        finished.put(row.getId(), new Finished(row.getKey(), row.getArtifact()));
      } else if (row.getState() == Stage.State.SKIPPED) {
        skipped.add(row.getId());
      }
    }
    return new PlanState(finished, skipped, edited);
  }
}
