package dev.kedge.experiment;

import dev.kedge.stage.v1.Progress;
import dev.kedge.v1.StageError;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;

/** How an attempt to run a stage ended, other than well. */
sealed interface StageFailure {
  /** What the record shows if this failure parks the stage. */
  StageError error();

  /** Units of work that were done when it was last heard of; 0 where that is not known. */
  default long done() {
    return 0;
  }

  /** Seconds of computing that led there; 0 where that is not known. */
  double computeSeconds();

  /** Another try would fail alike. */
  record Permanent(StageError error, double computeSeconds) implements StageFailure {}

  /** Another try may do. */
  record Transient(StageError error, long done, double computeSeconds) implements StageFailure {}

  /** The worker fell silent. */
  record MachineLost(StageError error, long done, double computeSeconds) implements StageFailure {}

  static StageFailure of(ActivityFailure failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof ApplicationFailure said) {
      StageError error = error(said);
      return said.isNonRetryable()
          ? new Permanent(error, computeSeconds(said))
          : new Transient(error, done(said), computeSeconds(said));
    }
    if (cause instanceof TimeoutFailure timeout
        && timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_HEARTBEAT) {
      Progress last = last(timeout);
      return new MachineLost(
          error(
              "MACHINE_LOST",
              StageError.Blame.RESOURCES,
              "the worker fell silent again and again: see that it is up, then retry"),
          last.getDone(),
          last.getComputeSeconds());
    }
    return new Transient(
        error("WORKER_FAILED", StageError.Blame.INTERNAL, String.valueOf(cause.getMessage())),
        0,
        0);
  }

  private static Progress last(TimeoutFailure timeout) {
    Progress last = timeout.getLastHeartbeatDetails().get(Progress.class);
    return last == null ? Progress.getDefaultInstance() : last;
  }

  private static long done(ApplicationFailure said) {
    return said.getDetails().getSize() < 2 ? 0 : said.getDetails().get(1, Long.class);
  }

  private static double computeSeconds(ApplicationFailure said) {
    return said.getDetails().getSize() < 3 ? 0 : said.getDetails().get(2, Double.class);
  }

  private static StageError error(ApplicationFailure said) {
    return error(said.getType(), blame(said), said.getOriginalMessage());
  }

  private static StageError.Blame blame(ApplicationFailure said) {
    String blame = said.getDetails().getSize() == 0 ? "" : said.getDetails().get(String.class);
    return switch (blame) {
      case "USER" -> StageError.Blame.USER;
      case "RESOURCES" -> StageError.Blame.RESOURCES;
      default -> StageError.Blame.INTERNAL;
    };
  }

  private static StageError error(String reason, StageError.Blame blame, String message) {
    return StageError.newBuilder().setReason(reason).setBlame(blame).setMessage(message).build();
  }
}
