package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.plan.Finished;
import dev.kedge.plan.Plan;
import dev.kedge.plan.PlannedStage;
import dev.kedge.plan.SpecChanges;
import dev.kedge.plan.Standing;
import dev.kedge.stage.v1.StageResult;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Operation;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where an experiment's stages stand, and the legal moves. Knows nothing of Temporal: every move is
 * a pure step, and what is new since the last save can be taken as one change of the record.
 */
final class Board {
  private final ExperimentName name;
  private final Map<String, PlannedStage> stages = new LinkedHashMap<>();
  private final Map<String, Stage> rows = new LinkedHashMap<>();
  private final Set<String> changedRows = new LinkedHashSet<>();
  private final List<Operation> operations = new ArrayList<>();
  private Experiment.State state;
  private Timestamp endTime = Timestamp.getDefaultInstance();
  private Timestamp version;
  private long moves;
  private long savedMoves;

  /** Takes up a record. Stages that ran when it was last written are waiting again. */
  Board(Experiment record, Plan plan) {
    this.name = ExperimentName.parse(record.getName());
    this.state = record.getState();
    this.version = record.getUpdateTime();
    this.endTime = record.getEndTime();
    Map<String, Stage> known =
        record.getStagesList().stream().collect(Collectors.toMap(Stage::getId, row -> row));
    plan.stages().forEach(stage -> takeUp(stage, known.get(stage.id())));
    if (isUnfinished(state)) {
      enter(Experiment.State.RUNNING);
    }
  }

  static boolean isUnfinished(Experiment.State state) {
    return state == Experiment.State.PENDING || state == Experiment.State.RUNNING;
  }

  private void takeUp(PlannedStage stage, Stage known) {
    StageSpec spec =
        known == null ? stage.spec() : SpecChanges.apply(stage.spec(), known.getChangedMap());
    stages.put(stage.id(), new PlannedStage(stage.id(), spec, stage.needs()));
    Stage.Builder row =
        (known == null ? Stage.newBuilder().setState(Stage.State.WAITING) : known.toBuilder())
            .setName(name.stage(stage.id()))
            .setId(stage.id())
            .setKind(stage.kind().name())
            .clearNeeds()
            .addAllNeeds(stage.needs());
    rows.put(stage.id(), row.build());
    if (known == null) {
      put(row);
    } else if (known.getState() == Stage.State.RUNNING) {
      put(row.setState(Stage.State.WAITING));
    }
  }

  // What can be seen.

  Experiment.State state() {
    return state;
  }

  PlannedStage stage(String id) {
    PlannedStage stage = stages.get(id);
    if (stage == null) {
      throw new Refused("%s has no stage `%s`: `kedge get` lists them".formatted(name, id));
    }
    return stage;
  }

  /** Waiting stages that have all that they need. */
  List<PlannedStage> ready() {
    if (state != Experiment.State.RUNNING) {
      return List.of();
    }
    Standing standing = standing();
    return stages.values().stream()
        .filter(stage -> stateOf(stage.id()) == Stage.State.WAITING && standing.isReady(stage))
        .toList();
  }

  /** A ready stage's spec, all by digest. */
  StageSpec resolve(PlannedStage stage) {
    return standing().resolve(stage);
  }

  boolean any(Stage.State wanted) {
    return rows.values().stream().anyMatch(row -> row.getState() == wanted);
  }

  private Stage.State stateOf(String id) {
    return rows.get(id).getState();
  }

  private Standing standing() {
    Map<String, Finished> finished = new LinkedHashMap<>();
    Set<String> skipped = new LinkedHashSet<>();
    for (Stage row : rows.values()) {
      if (row.getState() == Stage.State.SUCCEEDED) {
        finished.put(row.getId(), new Finished(row.getKey(), row.getArtifact()));
      } else if (row.getState() == Stage.State.SKIPPED) {
        skipped.add(row.getId());
      }
    }
    return new Standing(finished, skipped);
  }

  // What the work itself moves.

  /** Somebody has begun the stage; a word that comes too late changes nothing. */
  void started(String id, Timestamp now) {
    Stage row = rows.get(id);
    if (row != null && row.getState() == Stage.State.WAITING) {
      Stage.Builder started =
          row.toBuilder().setState(Stage.State.RUNNING).setAttempts(row.getAttempts() + 1);
      put(row.hasStartTime() ? started : started.setStartTime(now));
    }
  }

  /** The stage has to wait for a slot, a machine, or another try. */
  void waiting(String id) {
    put(rows.get(id).toBuilder().setState(Stage.State.WAITING));
  }

  void succeeded(String id, StageResult result, Timestamp now) {
    Stage row = rows.get(id);
    put(
        row.toBuilder()
            .setState(Stage.State.SUCCEEDED)
            .setKey(result.getKey())
            .setArtifact(result.getArtifact())
            .setCached(result.getCached())
            .setComputeSeconds(result.getComputeSeconds())
            .clearMetrics()
            .putAllMetrics(result.getMetricsMap())
            .clearError()
            .setStartTime(row.hasStartTime() ? row.getStartTime() : now)
            .setEndTime(now));
  }

  void parked(String id, String key, StageError error, Timestamp now) {
    put(
        rows.get(id).toBuilder()
            .setState(Stage.State.PARKED)
            .setKey(key)
            .setError(error)
            .setEndTime(now));
  }

  /** Stages that can never run, because too much of what they need was given up, are skipped. */
  void skipLost(Timestamp now) {
    if (state != Experiment.State.RUNNING) {
      return;
    }
    // The plan's order puts needs first, so one pass carries a loss to the end.
    for (PlannedStage stage : stages.values()) {
      if (stateOf(stage.id()) == Stage.State.WAITING && standing().isLost(stage)) {
        put(rows.get(stage.id()).toBuilder().setState(Stage.State.SKIPPED).setEndTime(now));
      }
    }
  }

  /** The results of these stages are gone: they run again. */
  void lost(List<String> ids) {
    ids.forEach(id -> reset(rows.get(id)));
  }

  /** Nothing runs and nothing can. */
  void conclude(Experiment.State conclusion, Timestamp now) {
    enter(conclusion);
    if (conclusion == Experiment.State.SUCCEEDED) {
      endTime = now;
    }
  }

  // What people move.

  /** Throws {@link Refused} where the stage cannot be retried so. */
  void checkRetry(String id, Map<String, String> changes) {
    changed(id, changes);
    Stage.State now = stateOf(id);
    boolean retryable =
        now == Stage.State.PARKED || now == Stage.State.SKIPPED || now == Stage.State.CANCELLED;
    require(retryable, "stage `%s` is %s: only a parked, skipped or cancelled one is retried", id);
    List<String> givenUp =
        stage(id).needs().stream().filter(need -> stateOf(need) == Stage.State.SKIPPED).toList();
    if (!givenUp.isEmpty() && now == Stage.State.SKIPPED && !rows.get(id).hasError()) {
      throw new Refused("stage `%s` needs %s, skipped: retry that".formatted(id, givenUp));
    }
  }

  void retry(String id, Map<String, String> changes, String actor, Timestamp now) {
    checkRetry(id, changes);
    Stage row = rows.get(id);
    stages.put(id, changed(id, changes));
    reviveCancelled();
    reset(row.toBuilder().putAllChanged(changes).build());
    dependents(id).forEach(this::revive);
    note(actor, now, "retry", id, changes);
    endTime = Timestamp.getDefaultInstance();
    enter(Experiment.State.RUNNING);
  }

  private PlannedStage changed(String id, Map<String, String> changes) {
    PlannedStage stage = stage(id);
    try {
      return new PlannedStage(id, SpecChanges.apply(stage.spec(), changes), stage.needs());
    } catch (IllegalArgumentException wrong) {
      throw new Refused(wrong.getMessage());
    }
  }

  /** Throws {@link Refused} where the stage cannot be skipped. */
  void checkSkip(String id) {
    stage(id);
    require(
        stateOf(id) == Stage.State.PARKED, "stage `%s` is %s: only a parked one is skipped", id);
  }

  void skip(String id, String actor, Timestamp now) {
    checkSkip(id);
    // The error stays: it tells a stage that somebody gave up from one that was lost with it.
    put(rows.get(id).toBuilder().setState(Stage.State.SKIPPED).setEndTime(now));
    note(actor, now, "skip", id, Map.of());
    enter(Experiment.State.RUNNING);
  }

  /** Throws {@link Refused} where there is nothing to cancel. */
  void checkCancel() {
    if (state == Experiment.State.SUCCEEDED) {
      throw new Refused("%s has ended: there is nothing to cancel".formatted(name));
    }
  }

  void cancel(String actor, Timestamp now) {
    checkCancel();
    if (state == Experiment.State.CANCELLED) {
      return;
    }
    for (Stage row : List.copyOf(rows.values())) {
      if (row.getState() == Stage.State.WAITING || row.getState() == Stage.State.RUNNING) {
        put(row.toBuilder().setState(Stage.State.CANCELLED).setEndTime(now));
      }
    }
    note(actor, now, "cancel", "", Map.of());
    enter(Experiment.State.CANCELLED);
    endTime = now;
  }

  private void require(boolean allowed, String message, String id) {
    if (!allowed) {
      throw new Refused(message.formatted(id, stateOf(id)));
    }
  }

  private void note(
      String actor, Timestamp now, String verb, String id, Map<String, String> changes) {
    String action =
        verb
            + (id.isEmpty() ? "" : " " + id)
            + changes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(change -> " " + change.getKey() + "=" + change.getValue())
                .collect(Collectors.joining());
    operations.add(Operation.newBuilder().setTime(now).setActor(actor).setAction(action).build());
  }

  private void reviveCancelled() {
    for (Stage row : List.copyOf(rows.values())) {
      if (row.getState() == Stage.State.CANCELLED) {
        reset(row);
      }
    }
  }

  /**
   * What was lost with a retried stage has a chance again; what was made without it is made anew.
   */
  private void revive(String id) {
    Stage row = rows.get(id);
    boolean lost = row.getState() == Stage.State.SKIPPED && !row.hasError();
    if (lost || row.getState() == Stage.State.SUCCEEDED) {
      reset(row);
    }
  }

  private Set<String> dependents(String id) {
    Set<String> found = new LinkedHashSet<>(Set.of(id));
    for (PlannedStage stage : stages.values()) {
      if (stage.needs().stream().anyMatch(found::contains)) {
        found.add(stage.id());
      }
    }
    found.remove(id);
    return found;
  }

  private void reset(Stage row) {
    put(
        row.toBuilder()
            .setState(Stage.State.WAITING)
            .clearError()
            .clearKey()
            .clearArtifact()
            .clearCached()
            .clearEndTime());
  }

  // What is to be saved.

  /** Counts every move; a move is saved once {@link #savedMoves} has reached it. */
  long moves() {
    return moves;
  }

  boolean isSaved(long move) {
    return savedMoves >= move;
  }

  boolean hasNews() {
    return moves > savedMoves;
  }

  Timestamp version() {
    return version;
  }

  /** All that is new, as one change of the record. */
  Experiment takeChange(Timestamp now) {
    Timestamp next = Timestamps.compare(now, version) > 0 ? now : justAfter(version);
    var change =
        Experiment.newBuilder()
            .setName(name.toString())
            .setState(state)
            .setUpdateTime(next)
            .addAllOperations(operations);
    if (endTime.getSeconds() > 0) {
      change.setEndTime(endTime);
    }
    changedRows.forEach(id -> change.addStages(rows.get(id)));
    changedRows.clear();
    operations.clear();
    return change.build();
  }

  /** The change was written. */
  void saved(Experiment change, long move) {
    version = change.getUpdateTime();
    savedMoves = move;
  }

  private static Timestamp justAfter(Timestamp time) {
    return Timestamps.fromMicros(Timestamps.toMicros(time) + 1);
  }

  private void put(Stage.Builder row) {
    rows.put(row.getId(), row.build());
    changedRows.add(row.getId());
    moves++;
  }

  private void enter(Experiment.State next) {
    if (state != next) {
      state = next;
      moves++;
    }
  }
}
