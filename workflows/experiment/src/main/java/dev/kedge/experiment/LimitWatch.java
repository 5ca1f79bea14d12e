package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.kedge.v1.Allowance;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.PauseCause;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Notices, in the workflow, when an experiment reaches a limit. Without limits it does nothing. */
final class LimitWatch {
  /** Whether limits are heeded; in histories without this they were not known. */
  private static final String LIMITS = "limits";

  private final UseActivities use =
      Workflow.newActivityStub(UseActivities.class, Timeouts.record());
  private final Board board;
  private final Meter meter;

  LimitWatch(Board board) {
    this.board = board;
    this.meter = new Meter(board);
  }

  /** A worker has taken the stage. */
  void started(String stage, String activity) {
    meter.started(stage, activity, Workflow.currentTimeMillis());
  }

  /** The limit that is reached, if one is; what is at work is asked where that may be so. */
  Optional<PauseCause> reached() {
    if (isEndless()) {
      return Optional.empty();
    }
    if (board.allowance().hasComputeSeconds() && meter.isToBeRead(Workflow.currentTimeMillis())) {
      read();
    }
    return board.reached(board.allowance(), now());
  }

  /** Stages are about to be stopped: what they have computed is known only while they run. */
  void beforeStopping() {
    if (!isEndless() && board.allowance().hasComputeSeconds()) {
      read();
    }
  }

  private void read() {
    meter.read(use.computing(), Workflow.currentTimeMillis());
  }

  /** Waits for the condition, but not beyond the moment at which a limit may be reached. */
  void await(Supplier<Boolean> condition) {
    Optional<Duration> most =
        isEndless() || board.state() != Experiment.State.RUNNING ? Optional.empty() : untilNext();
    if (most.isPresent()) {
      Workflow.await(most.get(), condition);
    } else {
      Workflow.await(condition);
    }
  }

  private Optional<Duration> untilNext() {
    Allowance allowance = board.allowance();
    Optional<Duration> reading =
        allowance.hasComputeSeconds()
            ? meter.untilReading(Workflow.currentTimeMillis())
            : Optional.empty();
    Optional<Duration> end =
        allowance.hasFinishBy() ? Optional.of(until(allowance.getFinishBy())) : Optional.empty();
    return Stream.of(reading, end).flatMap(Optional::stream).min(Duration::compareTo);
  }

  private static Duration until(Timestamp end) {
    return Duration.ofMillis(Math.max(1, Durations.toMillis(Timestamps.between(now(), end))));
  }

  private boolean isEndless() {
    return board.allowance().equals(Allowance.getDefaultInstance())
        || Workflow.getVersion(LIMITS, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION;
  }

  private static Timestamp now() {
    return Timestamps.fromMillis(Workflow.currentTimeMillis());
  }
}
