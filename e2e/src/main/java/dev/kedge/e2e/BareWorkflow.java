package dev.kedge.e2e;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An experiment's stages as Temporal alone would run them: activities that do nothing. */
@WorkflowInterface
public interface BareWorkflow {
  /**
   * A place in the shape.
   *
   * @param needs ids of the stages that must be through before
   */
  record Stage(String id, List<String> needs) {}

  /** What a stage comes to here. */
  @ActivityInterface
  interface Nothing {
    /** Gives its name back. */
    String nothing(String stage);
  }

  /**
   * Runs all stages, each when those that it needs are through.
   *
   * @param stages in an order in which what is needed comes first
   */
  @WorkflowMethod
  void run(List<Stage> stages);

  /** The workflow. */
  final class Stages implements BareWorkflow {
    private final Nothing activities =
        Workflow.newActivityStub(
            Nothing.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

    @Override
    public void run(List<Stage> stages) {
      Map<String, Promise<String>> results = new HashMap<>();
      for (Stage stage : stages) {
        List<Promise<String>> needed = stage.needs().stream().map(results::get).toList();
        Promise<String> result =
            Promise.allOf(needed)
                .thenCompose(ready -> Async.function(activities::nothing, stage.id()));
        results.put(stage.id(), result);
      }
      Promise.allOf(results.values()).get();
    }
  }
}
