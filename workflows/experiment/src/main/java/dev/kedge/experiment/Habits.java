package dev.kedge.experiment;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Set;

/**
 * What a workflow does as it did when it began, whatever was mended since: its history is replayed.
 *
 * @param mended whether it began with what was mended
 * @param history how long its history may become, if it did
 */
record Habits(boolean mended, HistoryLimit history) {
  /**
   * Since then what is retried while the rest is stopping can be stopped again, more reasons of
   * parked stages are known to be for want of what is made anew, pauses are scattered, and
   * histories become longer.
   */
  private static final String MENDED = "stops-wants-and-long-histories";

  /** Of this workflow. To be asked first of all: it yields, and nothing else is under way then. */
  static Habits ask(HistoryLimit history) {
    return new Habits(Workflow.getVersion(MENDED, Workflow.DEFAULT_VERSION, 1) == 1, history);
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
    return mended
        ? Duration.ofMillis(
            Math.round(pause.toMillis() * (0.5 + Workflow.newRandom().nextDouble())))
        : pause;
  }
}
