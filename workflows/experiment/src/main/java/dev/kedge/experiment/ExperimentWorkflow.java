package dev.kedge.experiment;

import dev.kedge.v1.Limits;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Map;

/**
 * Runs an experiment until it has ended or waits for people. Its id is the experiment's name.
 * Operations start it where it is not running.
 */
@WorkflowInterface
public interface ExperimentWorkflow {
  /** The type of the failure when an operation is refused; the message says why. */
  String REFUSED = "REFUSED";

  /** Goes on from wherever the record stands. */
  @WorkflowMethod
  void run(String experiment);

  /**
   * A worker has taken the stage.
   *
   * @param activity Temporal's id of what it does; null from workers that do not tell it
   */
  @SignalMethod
  void stageStarted(String stage, String activity);

  /** A stage may be handed to the workers. */
  @SignalMethod
  void permitted(String permit);

  /** Runs a parked, skipped or cancelled stage again, and what was given up with it. */
  @UpdateMethod
  void retry(String stage, Map<String, String> changes, String actor);

  /** Refuses a retry that could not be. */
  @UpdateValidatorMethod(updateName = "retry")
  void checkRetry(String stage, Map<String, String> changes, String actor);

  /** Gives a parked stage up, and with it all that needs it. */
  @UpdateMethod
  void skip(String stage, String actor);

  /** Refuses a skip that could not be. */
  @UpdateValidatorMethod(updateName = "skip")
  void checkSkip(String stage, String actor);

  /** Stops the work. */
  @UpdateMethod
  void cancel(String actor);

  /** Refuses to cancel what has ended. */
  @UpdateValidatorMethod(updateName = "cancel")
  void checkCancel(String actor);

  /** Begins no further stage and stops those at work, which wait; answers before they have. */
  @UpdateMethod
  void pause(String actor);

  /** Refuses to pause what has ended. */
  @UpdateValidatorMethod(updateName = "pause")
  void checkPause(String actor);

  /**
   * Goes on with what a pause has stopped.
   *
   * @param more limits from now on; null from gateways that know none
   */
  @UpdateMethod
  void resume(String actor, Limits more);

  /** Refuses to resume what is not paused, or would be again at once. */
  @UpdateValidatorMethod(updateName = "resume")
  void checkResume(String actor, Limits more);
}
