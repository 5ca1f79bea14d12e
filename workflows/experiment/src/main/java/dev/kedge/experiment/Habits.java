package dev.kedge.experiment;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Set;

/**
 * What a workflow does as it did when it began, whatever was mended since: its history is replayed.
 *
 * @param mended whether it began with what was mended
 * @param tidy whether it began with what was mended next
 * @param informed whether it began with what was mended after that
 * @param history how long its history may become, if it began with what was mended first
 */
record Habits(boolean mended, boolean tidy, boolean informed, HistoryLimit history) {
  /**
   * Since then what is retried while the rest is stopping can be stopped again, more reasons of
   * parked stages are known to be for want of what is made anew, pauses are scattered, and
   * histories become longer.
   */
  private static final String MENDED = "stops-wants-and-long-histories";

  /**
   * Since then a permit that nobody waits for is given back, work that a retry made obsolete is
   * stopped, and what is said of an attempt that is over is not heeded.
   */
  private static final String TIDY = "permits-obsolete-work-and-late-words";

  /**
   * Since then a result that is there is found before its stage asks for a permit and a worker, and
   * the record says when a stage is tried again.
   */
  private static final String INFORMED = "results-are-looked-for-and-tries-are-told";

  /** Of this workflow. To be asked first of all: it yields, and nothing else is under way then. */
  static Habits ask(HistoryLimit history) {
    return new Habits(has(MENDED), has(TIDY), has(INFORMED), history);
  }

  private static boolean has(String change) {
    return Workflow.getVersion(change, Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /** Whether nothing new may be begun in this run. */
  boolean isHistoryFull() {
    return mended ? history.isReached() : Workflow.getInfo().isContinueAsNewSuggested();
  }

  /** Reasons of parked stages that may be for want of what is made anew. */
  Set<String> wants() {
    return mended ? Board.WANT_OF_INPUT : Board.SOME_WANT_OF_INPUT;
  }

  /**
   * A pause before another try: between half of it and one and a half, so that many that lost one
   * store do not come back in step.
   */
  Duration scattered(Duration pause) {
    return mended ? scattered(pause, Workflow.newRandom().nextDouble()) : pause;
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
