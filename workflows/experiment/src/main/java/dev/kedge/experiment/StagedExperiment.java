package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.plan.Plan;
import dev.kedge.plan.PlannedStage;
import dev.kedge.plan.Planner;
import dev.kedge.plan.Resolution;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import dev.kedge.v1.PauseCause;
import dev.kedge.v1.Stage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves the stages of an experiment. One coroutine for each running stage moves the board; this one
 * alone writes it to the record, starts what is ready, and ends when nothing can move.
 */
public final class StagedExperiment implements ExperimentWorkflow {
  /** Enough to fill any cluster, few enough for one workflow's bookkeeping. */
  private static final int MOST_AT_ONCE = 200;

  /**
   * Stages that end by themselves are not cancelled. Beyond good manners: the embedded Temporal
   * refuses, for ever, a workflow task that cancels an activity which has just ended.
   */
  private static final Duration BEFORE_STOPPING = Duration.ofSeconds(1);

  /**
   * What decides whether an experiment's data is compared before it is learnt from: in histories
   * without this change it never is, since version 1 always, since version 2 the record says it.
   */
  private static final String OVERLAP = "overlap";

  private static final int ALWAYS = 1;
  private static final int BY_RECORD = 2;

  /** Whether a retry whose names mean nothing is refused; in histories without this it was not. */
  private static final String CHECKED_NAMES = "checked-names";

  private final RecordActivities records =
      Workflow.newActivityStub(RecordActivities.class, Timeouts.record());
  private final RecordActivities verification =
      Workflow.newActivityStub(RecordActivities.class, Timeouts.verification());
  private final Map<String, CancellationScope> running = new LinkedHashMap<>();
  private final PastAttempts past = new PastAttempts();
  private final HistoryLimit history;
  private WorkflowPatches patches;
  private ExperimentName name;
  private Board board;
  private Operator operator;
  private LimitWatch limits;
  private ResultDesk results;
  private PermitHolder permits;
  private boolean awake;
  private boolean stopping;

  /** A workflow as Temporal makes it. */
  public StagedExperiment() {
    this(new HistoryLimit());
  }

  StagedExperiment(HistoryLimit history) {
    this.history = history;
  }

  @Override
  public void run(String experiment) {
    patches = WorkflowPatches.ask(history);
    name = ExperimentName.parse(experiment);
    board = open(records.load(experiment));
    limits = new LimitWatch(board);
    operator = new Operator(board);
    results = new ResultDesk(patches);
    permits = new PermitHolder(board, patches);
    boolean ended = false;
    while (!ended) {
      ended = step();
    }
  }

  private static Board open(Experiment record) {
    return new Board(record, plan(record));
  }

  private static Plan plan(Experiment record) {
    int version = Workflow.getVersion(OVERLAP, Workflow.DEFAULT_VERSION, BY_RECORD);
    if (version == BY_RECORD) {
      return Planner.plan(record);
    }
    Plan plan = Planner.plan(record.getDisplayName(), record.getSpec(), Resolution.of(record));
    return version == ALWAYS ? plan : plan.withoutOverlap();
  }

  /** Does the next thing there is to do; true where there is nothing left. */
  private boolean step() {
    board.skipLost(now());
    heedLimits();
    startReady();
    if (board.hasNews()) {
      save();
      return false;
    }
    if (!running.isEmpty()) {
      awaitMove();
      return false;
    }
    stopping = false;
    return end();
  }

  /** What has nothing left to do is not stopped, however long it took. */
  private void heedLimits() {
    if (hasWork()) {
      Optional<PauseCause> limit = limits.reached();
      // Somebody may have stopped it while it was looked at.
      if (limit.isPresent() && hasWork()) {
        operator.pauseFor(limit.get(), now());
      }
    }
  }

  private boolean hasWork() {
    return board.state() == Experiment.State.RUNNING
        && !(running.isEmpty() && board.ready().isEmpty());
  }

  private void awaitMove() {
    if (board.isStopped() && !stopping) {
      stopping = true;
      limits.beforeStopping();
      Workflow.sleep(BEFORE_STOPPING);
      List.copyOf(running.values()).forEach(CancellationScope::cancel);
    }
    awake = false;
    limits.await(() -> awake || running.isEmpty() || board.hasNews());
  }

  private void startReady() {
    if (patches.isHistoryFull()) {
      return;
    }
    for (PlannedStage stage : board.ready()) {
      if (running.size() < MOST_AT_ONCE && !running.containsKey(stage.id())) {
        start(stage);
      }
    }
  }

  private void start(PlannedStage stage) {
    var run = new StageRun(board, results, permits, past, patches, name, stage);
    CancellationScope scope =
        Workflow.newCancellationScope(() -> Async.procedure(() -> runToEnd(stage.id(), run)));
    running.put(stage.id(), scope);
    scope.run();
  }

  private void runToEnd(String stage, StageRun run) {
    try {
      run.run();
    } finally {
      running.remove(stage);
      awake = true;
    }
  }

  private void save() {
    long move = board.moves();
    Timestamp seen = board.version();
    Experiment change = board.takeChange(now());
    records.save(change, seen);
    board.saved(change, move);
  }

  private boolean end() {
    boolean historyIsFull = !board.ready().isEmpty();
    if (board.state() == Experiment.State.RUNNING && !historyIsFull) {
      settle();
      return false;
    }
    // An operator's call that came meanwhile is answered first, and may bring new work.
    Workflow.await(() -> Workflow.isEveryHandlerFinished() || board.hasNews());
    if (historyIsFull && !board.hasNews()) {
      Workflow.continueAsNew(name.toString());
    }
    return !board.hasNews();
  }

  /** Nothing runs and nothing can: it is done, or somebody is needed. */
  private void settle() {
    // Looked for with parked stages too: what such a stage misses may be just that.
    List<String> lost = verification.findLost(name.toString());
    if (!lost.isEmpty()) {
      board.lost(lost, patches.wants(), now());
    } else if (board.state() != Experiment.State.PAUSED) {
      // One that was paused meanwhile stays so: how it stands is seen again once it is resumed.
      conclude();
    }
  }

  private void conclude() {
    if (board.rows().in(Stage.State.PARKED).isEmpty()) {
      board.enter(Experiment.State.SUCCEEDED, now());
    } else {
      board.enter(Experiment.State.ATTENTION);
    }
  }

  @Override
  public void stageStarted(String stage, String activity) {
    if (board != null && !isOutdated(stage) && !isOver(activity)) {
      board.started(stage, now());
      limits.started(stage, activity);
    }
  }

  @Override
  public void permitted(String permit) {
    permits.permitted(permit);
  }

  /** A paused stage that has stopped is not at work, whoever only now says that it began. */
  private boolean isOutdated(String stage) {
    return board.state() == Experiment.State.PAUSED && !running.containsKey(stage);
  }

  private boolean isOver(String activity) {
    return patches.ignoresPastAttempts() && past.contains(activity);
  }

  @Override
  public void checkRetry(String stage, Map<String, String> changes, String actor) {
    if (operator != null) {
      operator.checkRetry(stage, changes);
    }
  }

  @Override
  public void retry(String stage, Map<String, String> changes, String actor) {
    operate(
        () -> {
          // A workflow that was started by the call itself had nothing to check it by before.
          if (Workflow.getVersion(CHECKED_NAMES, Workflow.DEFAULT_VERSION, 1) == 1) {
            operator.checkRetry(stage, changes);
          }
          operator.retry(stage, changes, actor, now());
          if (patches.stopsWhatIsRetried()) {
            goOn();
          }
          if (patches.stopsObsoleteWork()) {
            stop(board.dependents(stage));
          }
        });
  }

  /** Stops what of these is under way, once what ends by itself has ended. */
  private void stop(Set<String> obsolete) {
    Map<String, CancellationScope> scopes = new LinkedHashMap<>(running);
    scopes.keySet().retainAll(obsolete);
    if (!scopes.isEmpty()) {
      Async.procedure(
          () -> {
            Workflow.sleep(BEFORE_STOPPING);
            scopes.values().retainAll(running.values());
            scopes.values().forEach(CancellationScope::cancel);
          });
    }
  }

  @Override
  public void checkSkip(String stage, String actor) {
    if (operator != null) {
      operator.checkSkip(stage);
    }
  }

  @Override
  public void skip(String stage, String actor) {
    operate(() -> operator.skip(stage, actor, now()));
  }

  @Override
  public void checkCancel(String actor) {
    if (operator != null) {
      operator.checkCancel();
    }
  }

  @Override
  public void cancel(String actor) {
    operate(() -> operator.cancel(actor, now()));
  }

  @Override
  public void checkPause(String actor) {
    if (operator != null) {
      operator.checkPause();
    }
  }

  @Override
  public void pause(String actor) {
    operate(() -> operator.pause(actor, now()));
  }

  @Override
  public void checkResume(String actor, Limits more) {
    if (operator != null) {
      operator.checkResume(orNone(more), now());
    }
  }

  @Override
  public void resume(String actor, Limits more) {
    operate(
        () -> {
          operator.resume(orNone(more), actor, now());
          goOn();
        });
  }

  /** Whatever runs from here on can be stopped again. */
  private void goOn() {
    if (!board.isStopped()) {
      stopping = false;
    }
  }

  private static Limits orNone(Limits more) {
    return more == null ? Limits.getDefaultInstance() : more;
  }

  /** Answers once the move is in the record; a workflow that has just started reads it first. */
  private void operate(Runnable move) {
    // Stages that stop are waited for: one that is retried or resumed must not meet its own past.
    Workflow.await(() -> board != null && (!board.isStopped() || running.isEmpty()));
    try {
      move.run();
    } catch (Refused refused) {
      throw ApplicationFailure.newNonRetryableFailure(refused.getMessage(), REFUSED);
    }
    long made = board.moves();
    Workflow.await(() -> board.isSaved(made));
  }

  private static Timestamp now() {
    return Timestamps.fromMillis(Workflow.currentTimeMillis());
  }
}
