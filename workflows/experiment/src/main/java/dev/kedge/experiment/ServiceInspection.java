package dev.kedge.experiment;

import dev.kedge.stage.v1.DescribeResponse;
import dev.kedge.stage.v1.Inspection;
import dev.kedge.stage.v1.StageKind;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Asks all kinds at once. */
public final class ServiceInspection implements InspectionWorkflow {
  private final Inspection.Builder found;

  /**
   * An inspection.
   *
   * @param version Kedge's, of whoever asks
   * @param stagesPerProject how many of one project may be at work at once; 0 for any number
   */
  public ServiceInspection(String version, int stagesPerProject) {
    found = Inspection.newBuilder().setVersion(version).setStagesPerProject(stagesPerProject);
  }

  @Override
  public Inspection inspect() {
    List<Promise<Void>> asked = new ArrayList<>();
    for (StageKind kind : TaskQueues.kinds()) {
      ServiceActivities worker =
          Workflow.newActivityStub(ServiceActivities.class, Timeouts.inspection(kind));
      asked.add(
          Async.function(worker::describeService)
              .handle((answer, failure) -> note(kind, answer, failure)));
    }
    Promise.allOf(asked).get();
    return found.build();
  }

  private Void note(StageKind kind, DescribeResponse answer, RuntimeException failure) {
    if (failure == null) {
      found.putServices(kind.name(), answer);
    } else if (failure instanceof ActivityFailure && failure.getCause() instanceof TimeoutFailure) {
      found.addUnpolled(kind.name());
    } else {
      found.putFailures(kind.name(), message(failure));
    }
    return null;
  }

  private static String message(RuntimeException failure) {
    return failure.getCause() instanceof ApplicationFailure said
        ? said.getOriginalMessage()
        : String.valueOf(failure.getMessage());
  }
}
