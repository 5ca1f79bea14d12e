package dev.kedge.experiment;

import dev.kedge.stage.v1.StageKind;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** How long Temporal waits for what, and why. */
final class Timeouts {
  /** A worker heartbeats every 3 s at most; three missed beats are a lost machine. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** A stage may train for weeks: the heartbeat finds the dead ones. */
  private static final Duration LONGEST_STAGE = Duration.ofDays(90);

  /** A record is one small object; beyond this the store hangs. */
  private static final Duration RECORD = Duration.ofSeconds(30);

  /** Looking after thousands of results takes some requests for each. */
  private static final Duration VERIFICATION = Duration.ofMinutes(30);

  /** A result is a small object and a look at each of its files. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  /** Whoever polls takes a question up in milliseconds; the service has half of this to answer. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private Timeouts() {}

  /**
   * No time-out for the queue: waiting for a slot is no failure. No retries by Temporal: the
   * workflow judges each failure by its blame. The cancelled stage is waited for, so that the next
   * try does not meet it.
   */
  static ActivityOptions stage(StageKind kind) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.of(kind))
        .setHeartbeatTimeout(HEARTBEAT)
        .setStartToCloseTimeout(LONGEST_STAGE)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .build();
  }

  /** Tried once: nothing depends on the answer but how soon the stage is done. */
  static ActivityOptions look() {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.EXPERIMENTS)
        .setStartToCloseTimeout(LOOK)
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .build();
  }

  /** A question that is answered at once or not at all. */
  static ActivityOptions inspection(StageKind kind) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.inspections(kind))
        .setScheduleToStartTimeout(ANSWER)
        .setStartToCloseTimeout(ANSWER)
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .build();
  }

  /** Tried until the store is back: an experiment outlives its store's bad hours. */
  static ActivityOptions record() {
    return untilItWorks(RECORD);
  }

  static ActivityOptions verification() {
    return untilItWorks(VERIFICATION);
  }

  private static ActivityOptions untilItWorks(Duration once) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.EXPERIMENTS)
        .setStartToCloseTimeout(once)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(200))
                .setMaximumInterval(Duration.ofSeconds(10))
                .build())
        .build();
  }
}
