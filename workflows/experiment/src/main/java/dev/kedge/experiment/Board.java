package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.contract.StageKey;
import dev.kedge.plan.Plan;
import dev.kedge.plan.PlanState;
import dev.kedge.plan.PlannedStage;
import dev.kedge.plan.SpecChanges;
import dev.kedge.stage.v1.StageResult;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.Allowance;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.NextTry;
import dev.kedge.v1.Operation;
import dev.kedge.v1.PauseCause;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where an experiment's stages stand, and how the work moves them. Knows nothing of Temporal: every
 * move is a pure step, and what is new since the last save can be taken as one change of the
 * record. What people move is {@link Operator}'s.
 */
final class Board {
  /** Reasons of a stage that did not find what an earlier one had made, or found it spoilt. */
  static final Set<String> WANT_OF_INPUT =
      Set.of("INPUT_MISSING", "PRODUCER_MISSING", "STORE_CORRUPT", "STORE_LOST", "STORE_NOT_FOUND");

  /** Those that workflows knew which began with an earlier Kedge. */
  static final Set<String> SOME_WANT_OF_INPUT =
      Set.of("INPUT_MISSING", "STORE_CORRUPT", "STORE_NOT_FOUND");

  private static final StageError LOST_AGAIN =
      StageError.newBuilder()
          .setReason("RESULT_LOST")
          .setBlame(StageError.Blame.RESOURCES)
          .setMessage(
              "its result was made twice and is gone again: find what deletes from the store's"
                  + " bucket, then retry")
          .build();

  private final ExperimentName name;
  private final int priority;
  private final Map<String, PlannedStage> stages = new LinkedHashMap<>();
  private final StageRows rows = new StageRows();
  private final List<Operation> operations = new ArrayList<>();
  private final Set<String> lostBefore = new LinkedHashSet<>();
  private Experiment.State state;
  private Timestamp endTime;
  private Timestamp version;
  private Allowance allowance;
  private PauseCause pauseCause;
  private long stateMoves;
  private long savedMoves;

  /** Takes up a record. Stages that ran when it was last written are waiting again. */
  Board(Experiment record, Plan plan) {
    this.name = ExperimentName.parse(record.getName());
    this.priority = record.getSpec().getPriority();
    this.state = record.getState();
    this.version = record.getUpdateTime();
    this.endTime = record.getEndTime();
    this.allowance = Allowances.of(record);
    this.pauseCause = record.getPauseCause();
    Map<String, Stage> known =
        record.getStagesList().stream().collect(Collectors.toMap(Stage::getId, row -> row));
    plan.stages().forEach(stage -> takeUp(stage, known.get(stage.id())));
    if (state == Experiment.State.PENDING) {
      enter(Experiment.State.RUNNING);
    }
  }

  private void takeUp(PlannedStage stage, Stage known) {
    Stage row = known == null ? Stage.getDefaultInstance() : known;
    stages.put(stage.id(), changed(stage, row.getChangedMap()));
    Stage.Builder full =
        row.toBuilder()
            .setName(name.stage(stage.id()))
            .setId(stage.id())
            .setKind(stage.kind().name())
            .clearNeeds()
            .addAllNeeds(stage.needs())
            .clearAfter()
            .addAllAfter(stage.after());
    rows.takeUp(full.build());
    boolean interrupted = row.getState() == Stage.State.RUNNING || row.getWaitsForPermit();
    if (known == null || interrupted) {
      rows.put(full.setState(Stage.State.WAITING).clearWaitsForPermit());
    }
  }

  /** The stage with other parameters. */
  static PlannedStage changed(PlannedStage stage, Map<String, String> changes) {
    return stage.with(SpecChanges.apply(stage.spec(), changes));
  }

  ExperimentName name() {
    return name;
  }

  Experiment.State state() {
    return state;
  }

  /** Whether somebody wants nothing to run. */
  boolean isStopped() {
    return state == Experiment.State.CANCELLED || state == Experiment.State.PAUSED;
  }

  StageRows rows() {
    return rows;
  }

  Map<String, PlannedStage> stages() {
    return stages;
  }

  /** Waiting stages that have all that they need. */
  List<PlannedStage> ready() {
    if (state != Experiment.State.RUNNING) {
      return List.of();
    }
    PlanState planState = rows.planState();
    return rows.in(Stage.State.WAITING).stream()
        .map(row -> stages.get(row.getId()))
        .filter(planState::isReady)
        .toList();
  }

  /** A ready stage's spec, all by digest. */
  StageSpec resolve(PlannedStage stage) {
    return rows.planState().resolve(stage);
  }

  /** Whether this spec is what the stage, as things stand, would do. */
  boolean means(String id, StageSpec spec) {
    PlanState planState = rows.planState();
    PlannedStage stage = stages.get(id);
    return planState.isReady(stage) && planState.resolve(stage).equals(spec);
  }

  /** Ids of all stages that need this one, or one that does, in the plan's order. */
  Set<String> dependents(String id) {
    Set<String> found = new LinkedHashSet<>(Set.of(id));
    for (PlannedStage stage : stages.values()) {
      if (stage.needs().stream().anyMatch(found::contains)) {
        found.add(stage.id());
      }
    }
    found.remove(id);
    return found;
  }

  /**
   * Somebody has begun the stage; a word that comes too late changes nothing. From now on the
   * record names its key, and with it what the stage saves on the way.
   */
  void started(String id, Timestamp now) {
    Stage row = rows.get(id);
    if (row != null
        && row.getState() == Stage.State.WAITING
        && rows.planState().isReady(stages.get(id))) {
      Stage.Builder started =
          row.toBuilder()
              .setState(Stage.State.RUNNING)
              .setKey(StageKey.of(resolve(stages.get(id))))
              .setAttempts(row.getAttempts() + 1);
      rows.put(row.hasStartTime() ? started : started.setStartTime(now));
    }
  }

  /** Whether the stage is next to begin but for its project's limit. */
  void waitsForPermit(String id, boolean waits) {
    rows.put(rows.get(id).toBuilder().setWaitsForPermit(waits));
  }

  /**
   * A waiting stage is asked for again at a time.
   *
   * @param after what the last try came to; empty where another service has the stage
   */
  void triesAgain(String id, Timestamp time, Optional<StageError> after) {
    if (rows.state(id) == Stage.State.WAITING) {
      NextTry.Builder next = NextTry.newBuilder().setTime(time);
      after.ifPresent(next::setAfter);
      rows.put(rows.get(id).toBuilder().setNextTry(next));
    }
  }

  /** The stage has to wait for a slot, a machine, or another try; a cancelled one does not. */
  void waiting(String id) {
    if (rows.state(id) == Stage.State.RUNNING) {
      rows.put(rows.get(id).toBuilder().setState(Stage.State.WAITING));
    }
  }

  /** Another service has it, or a pause stopped it: this was no attempt. */
  void held(String id) {
    Stage row = rows.get(id);
    if (row.getState() == Stage.State.RUNNING) {
      rows.put(row.toBuilder().setState(Stage.State.WAITING).setAttempts(row.getAttempts() - 1));
    }
  }

  void succeeded(String id, StageResult result, Timestamp now) {
    Stage row = rows.get(id);
    rows.put(
        charged(row.toBuilder(), result.getKey(), cost(row, result))
            .setState(Stage.State.SUCCEEDED)
            .setKey(result.getKey())
            .setArtifact(result.getArtifact())
            .setCached(wasThere(row, result))
            .setComputeSeconds(result.getComputeSeconds())
            .clearMetrics()
            .putAllMetrics(result.getMetricsMap())
            .clearError()
            .setStartTime(row.hasStartTime() ? row.getStartTime() : now)
            .setEndTime(now));
  }

  /** A result that was there when the stage first asked for it was made for somebody else. */
  private static double cost(Stage row, StageResult result) {
    return result.getCached() && row.getAttempts() <= 1 ? 0 : result.getComputeSeconds();
  }

  /** What is found after an attempt of this stage's own was lost sight of, that one made. */
  private static boolean wasThere(Stage row, StageResult result) {
    return result.getCached() && !row.containsComputed(result.getKey());
  }

  /** An attempt that had begun may come to an end that nobody sees. */
  void lostSightOf(String id, String key) {
    Stage row = rows.get(id);
    if (row.getState() == Stage.State.RUNNING) {
      rows.put(row.toBuilder().putComputed(key, row.getComputedOrDefault(key, 0)));
    }
  }

  /**
   * An attempt at the stage has computed for so long, with what led up to it.
   *
   * @param key what the attempt was at; the stage may have been given other parameters since
   */
  void computed(String id, String key, double seconds) {
    Stage row = rows.get(id);
    if (seconds > row.getComputedOrDefault(key, 0)) {
      Stage.Builder charged = charged(row.toBuilder(), key, seconds);
      rows.put(key.equals(row.getKey()) ? charged.setComputeSeconds(seconds) : charged);
    }
  }

  /** What is known to have been spent under a key only grows: a lost attempt was paid for, too. */
  private static Stage.Builder charged(Stage.Builder row, String key, double seconds) {
    double known = row.getComputedOrDefault(key, 0);
    return seconds > known ? row.putComputed(key, seconds) : row;
  }

  /** Seconds of computing that the experiment has caused. */
  double used() {
    return rows.all().stream()
        .flatMap(row -> row.getComputedMap().values().stream())
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  Allowance allowance() {
    return allowance;
  }

  void allow(Allowance further) {
    allowance = further;
    stateMoves++;
  }

  /** The limit that would stop it if it went on with this. */
  Optional<PauseCause> reached(Allowance other, Timestamp now) {
    return Allowances.reached(other, used(), now, name.id());
  }

  /** A cancelled stage that fails before it hears of it stays cancelled. */
  void parked(String id, String key, StageError error, Timestamp now) {
    if (rows.state(id) == Stage.State.CANCELLED) {
      return;
    }
    rows.put(
        rows.get(id).toBuilder()
            .setState(Stage.State.PARKED)
            .setKey(key)
            .setError(error)
            .setEndTime(now));
  }

  /** Stages that can never run, because too much of what they need was given up, are skipped. */
  void skipLost(Timestamp now) {
    boolean goesOn = state == Experiment.State.RUNNING || state == Experiment.State.PAUSED;
    if (!goesOn || rows.in(Stage.State.SKIPPED).isEmpty()) {
      return;
    }
    // The plan's order puts needs first, so one pass carries a loss to the end.
    for (Stage row : rows.in(Stage.State.WAITING)) {
      if (rows.planState().isLost(stages.get(row.getId()))) {
        rows.put(row.toBuilder().setState(Stage.State.SKIPPED).setEndTime(now));
      }
    }
  }

  /**
   * The results of these stages are gone: they run again, once.
   *
   * @param wants reasons of parked stages that may be for want of them
   */
  void lost(List<String> ids, Set<String> wants, Timestamp now) {
    for (String id : ids) {
      if (lostBefore.add(id)) {
        rows.reset(rows.get(id));
        dependents(id).stream()
            .map(rows::get)
            .filter(row -> row.getState() == Stage.State.SUCCEEDED || isParkedFor(wants, row))
            .forEach(rows::reset);
      } else {
        parked(id, rows.get(id).getKey(), LOST_AGAIN, now);
      }
    }
  }

  /** What stopped it is being made again. */
  private static boolean isParkedFor(Set<String> reasons, Stage row) {
    return row.getState() == Stage.State.PARKED && reasons.contains(row.getError().getReason());
  }

  void enter(Experiment.State next) {
    enter(next, Timestamp.getDefaultInstance());
  }

  /** Enters a state in which the experiment has ended. */
  void enter(Experiment.State next, Timestamp end) {
    if (state != next) {
      state = next;
      endTime = end;
      pauseCause = PauseCause.getDefaultInstance();
      stateMoves++;
    }
  }

  /** Sets the experiment aside although nobody has asked for it. */
  void pause(PauseCause cause) {
    enter(Experiment.State.PAUSED);
    pauseCause = cause;
  }

  void note(Operation operation) {
    operations.add(operation);
  }

  /** Counts every move; a move is saved once {@link #isSaved} says so of its number. */
  long moves() {
    return rows.moves() + stateMoves;
  }

  boolean isSaved(long move) {
    return savedMoves >= move;
  }

  boolean hasNews() {
    return moves() > savedMoves;
  }

  /** Which stages come first, as in the file; 0 if it does not say. */
  int priority() {
    return priority;
  }

  /** The {@code update_time} of the record as last saved. */
  Timestamp version() {
    return version;
  }

  /** All that is new, as one change of the record. */
  Experiment takeChange(Timestamp now) {
    var change =
        Experiment.newBuilder()
            .setName(name.toString())
            .setState(state)
            .setUpdateTime(Timestamps.compare(now, version) > 0 ? now : justAfter(version))
            .addAllStages(rows.takeChanged())
            .addAllOperations(operations);
    operations.clear();
    if (endTime.getSeconds() > 0) {
      change.setEndTime(endTime);
    }
    if (!allowance.equals(Allowance.getDefaultInstance())) {
      change.setAllowance(allowance);
    }
    if (!pauseCause.getReason().isEmpty()) {
      change.setPauseCause(pauseCause);
    }
    return change.build();
  }

  private static Timestamp justAfter(Timestamp time) {
    return Timestamps.fromMicros(Timestamps.toMicros(time) + 1);
  }

  /** The change was written, and with it every move up to this one. */
  void saved(Experiment change, long move) {
    version = change.getUpdateTime();
    savedMoves = move;
  }
}
