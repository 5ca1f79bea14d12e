package dev.kedge.experiment;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Set;

/**
 * Which patches a workflow began with: whatever changed since then, it does as it did, for its
 * history is replayed.
 *
 * @param longHistories whether it began with {@link #LONG_HISTORIES}
 * @param obsoleteWork whether it began with {@link #OBSOLETE_WORK}
 * @param earlyResults whether it began with {@link #EARLY_RESULTS}
 * @param history how long its history may become, if it may become long
 */
record WorkflowPatches(
    boolean longHistories, boolean obsoleteWork, boolean earlyResults, HistoryLimit history) {
  /**
   * Since then what is retried while the rest is stopping can be stopped again, more reasons of
   * parked stages are known to be for want of what is made anew, pauses are scattered, and
   * histories become longer.
   */
  private static final String LONG_HISTORIES = "stops-wants-and-long-histories";

  /**
   * Since then a permit that nobody waits for is given back, work that a retry made obsolete is
   * stopped, and what is said of an attempt that is over is not heeded.
   */
  private static final String OBSOLETE_WORK = "permits-obsolete-work-and-late-words";

  /**
   * Since then a result that is there is found before its stage asks for a permit and a worker, and
   * the record says when a stage is tried again.
   */
  private static final String EARLY_RESULTS = "results-are-looked-for-and-tries-are-told";

  /** Of this workflow. To be asked first of all: it yields, and nothing else is under way then. */
  static WorkflowPatches ask(HistoryLimit history) {
    return new WorkflowPatches(
        has(LONG_HISTORIES), has(OBSOLETE_WORK), has(EARLY_RESULTS), history);
  }

  private static boolean has(String change) {
    return Workflow.getVersion(change, Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /** Whether nothing new may be begun in this run. */
  boolean isHistoryFull() {
    return longHistories ? history.isReached() : Workflow.getInfo().isContinueAsNewSuggested();
  }

  /** Reasons of parked stages that may be for want of what is made anew. */
  Set<String> wants() {
    return longHistories ? Board.WANT_OF_INPUT : Board.SOME_WANT_OF_INPUT;
  }

  /** Whether what is retried while the rest is stopping can be stopped again. */
  boolean stopsWhatIsRetried() {
    return longHistories;
  }

  /** Whether a permit that nobody waits for is given back. */
  boolean returnsUnusedPermits() {
    return obsoleteWork;
  }

  /** Whether work that a retry made obsolete is stopped. */
  boolean stopsObsoleteWork() {
    return obsoleteWork;
  }

  /** Whether what is said of an attempt that is over is not heeded. */
  boolean ignoresPastAttempts() {
    return obsoleteWork;
  }

  /** Whether a result is looked for before its stage asks for a permit and a worker. */
  boolean looksForResults() {
    return earlyResults;
  }

  /** Whether the record says when a stage is tried again. */
  boolean recordsNextTry() {
    return earlyResults;
  }

  /**
   * A pause before another try: between half of it and one and a half, so that many that lost one
   * store do not come back in step.
   */
  Duration scattered(Duration pause) {
    return longHistories ? scattered(pause, Workflow.newRandom().nextDouble()) : pause;
  }

  /**
   * As above.
   *
   * @param where in its range the pause lies, from 0 to 1
   */
  static Duration scattered(Duration pause, double where) {
    return Duration.ofMillis(Math.round(pause.toMillis() * (0.5 + where)));
  }
}
