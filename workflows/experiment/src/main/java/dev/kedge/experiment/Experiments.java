package dev.kedge.experiment;

import dev.kedge.v1.Limits;
import io.grpc.Status;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts and operates experiments. Every operation finds the running workflow or starts it, and
 * returns once the record shows what was done.
 */
public final class Experiments {
  /** How many runs are asked. */
  private static final int TRIES = 3;

  private final WorkflowClient client;

  /**
   * Experiments of one Temporal namespace.
   *
   * @param client a connected client
   */
  public Experiments(WorkflowClient client) {
    this.client = client;
  }

  /** Has the experiment run, wherever its record stands; one that runs already goes on. */
  public void start(ExperimentName name) {
    WorkflowClient.start(stub(name)::run, name.toString());
  }

  /**
   * Runs a parked, skipped or cancelled stage again, and with it what was given up with it.
   *
   * @param changes paths in the stage's spec and their new values in JSON; may be empty
   * @param actor who asks, for the audit trail
   * @throws Refused if the stage is not there, is not to be retried, or a change is wrong
   */
  public void retry(ExperimentName name, String stage, Map<String, String> changes, String actor) {
    operate(
        name,
        operation ->
            WorkflowClient.executeUpdateWithStart(
                operation.workflow()::retry,
                stage,
                changes,
                actor,
                operation.options(),
                operation.start()));
  }

  /**
   * Gives a parked stage up, and with it all that needs it.
   *
   * @param actor who asks, for the audit trail
   * @throws Refused if the stage is not there or not parked
   */
  public void skip(ExperimentName name, String stage, String actor) {
    operate(
        name,
        operation ->
            WorkflowClient.executeUpdateWithStart(
                operation.workflow()::skip, stage, actor, operation.options(), operation.start()));
  }

  /**
   * Stops the work; what is done stays.
   *
   * @param actor who asks, for the audit trail
   * @throws Refused if the experiment has ended
   */
  public void cancel(ExperimentName name, String actor) {
    operate(
        name,
        operation ->
            WorkflowClient.executeUpdateWithStart(
                operation.workflow()::cancel, actor, operation.options(), operation.start()));
  }

  /**
   * Begins no further stage and stops those at work, which keep their progress; one that is paused
   * stays so. Returns before they have stopped.
   *
   * @param actor who asks, for the audit trail
   * @throws Refused if the experiment has ended
   */
  public void pause(ExperimentName name, String actor) {
    operate(
        name,
        operation ->
            WorkflowClient.executeUpdateWithStart(
                operation.workflow()::pause, actor, operation.options(), operation.start()));
  }

  /**
   * Goes on with a paused experiment, once what the pause stops has stopped.
   *
   * @param more limits from now on; those that are not set stay as they were
   * @param actor who asks, for the audit trail
   * @throws Refused if the experiment is not paused, or has reached a limit
   */
  public void resume(ExperimentName name, Limits more, String actor) {
    operate(
        name,
        operation ->
            WorkflowClient.executeUpdateWithStart(
                operation.workflow()::resume, actor, more, operation.options(), operation.start()));
  }

  private record Operating(ExperimentWorkflow workflow, ExperimentName name) {
    UpdateOptions<Void> options() {
      return UpdateOptions.newBuilder(Void.class)
          .setWaitForStage(WorkflowUpdateStage.COMPLETED)
          .build();
    }

    WithStartWorkflowOperation<Void> start() {
      return new WithStartWorkflowOperation<>(workflow::run, name.toString());
    }
  }

  private void operate(ExperimentName name, Consumer<Operating> call) {
    operate(name, call, TRIES);
  }

  /**
   * A run that ends as the call comes forgets what it has not accepted: then the next one hears it.
   */
  private void operate(ExperimentName name, Consumer<Operating> call, int tries) {
    try {
      call.accept(new Operating(stub(name), name));
    } catch (WorkflowUpdateException failure) {
      throw refusal(failure);
    } catch (WorkflowServiceException failure) {
      if (tries == 1 || Status.fromThrowable(failure).getCode() != Status.Code.NOT_FOUND) {
        throw failure;
      }
      operate(name, call, tries - 1);
    }
  }

  private static RuntimeException refusal(WorkflowUpdateException failure) {
    return failure.getCause() instanceof ApplicationFailure said
        ? new Refused(said.getOriginalMessage())
        : failure;
  }

  private ExperimentWorkflow stub(ExperimentName name) {
    return client.newWorkflowStub(
        ExperimentWorkflow.class,
        WorkflowOptions.newBuilder()
            .setWorkflowId(name.toString())
            .setTaskQueue(TaskQueues.EXPERIMENTS)
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .build());
  }
}
