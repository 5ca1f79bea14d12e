package dev.kedge.experiment;

import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageResult;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds a stage's result before the stage asks for a permit and queues for a worker. Where that
 * cannot be said now, the stage goes its way: whoever runs it looks, too.
 */
final class ResultDesk {
  private final ResultActivities results =
      Workflow.newActivityStub(ResultActivities.class, Timeouts.look());
  private final boolean open;

  ResultDesk(WorkflowPatches patches) {
    this.open = patches.looksForResults();
  }

  Optional<StageResult> find(RunRequest request) {
    return open
        ? Optional.of(look(request)).filter(StageEvent::hasResult).map(StageEvent::getResult)
        : Optional.empty();
  }

  /** Not cancelled with its stage: it ends by itself, and soon. */
  private StageEvent look(RunRequest request) {
    var answer = new AtomicReference<>(StageEvent.getDefaultInstance());
    Workflow.newDetachedCancellationScope(
            () -> {
              try {
                answer.set(results.findResult(request.getProject(), request.getKey()));
              } catch (ActivityFailure unknown) {
                // It stays at what it was: nothing is known.
              }
            })
        .run();
    return answer.get();
  }
}
