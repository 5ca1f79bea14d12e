package dev.kedge.experiment.trace;

import dev.kedge.tracing.Traces;
import io.temporal.common.SimplePlugin;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;

/** Makes a client of Temporal, and the workers that are made with it, pass traces on. */
public final class TracedTemporal {
  private TracedTemporal() {}

  /**
   * To be given to a client.
   *
   * @param traces where an experiment's spans go
   */
  public static SimplePlugin plugin(Traces traces) {
    return SimplePlugin.newBuilder("dev.kedge.traces")
        .addClientInterceptors(new Client())
        .addWorkerInterceptors(new Worker(traces))
        .build();
  }

  private static final class Client extends WorkflowClientInterceptorBase {
    @Override
    public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(
        WorkflowClientCallsInterceptor next) {
      return new TracedClient(next);
    }
  }

  private static final class Worker extends WorkerInterceptorBase {
    private final Traces traces;

    Worker(Traces traces) {
      this.traces = traces;
    }

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
      return new TracedWorkflow(next, traces);
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
      return new TracedActivity(next);
    }
  }
}
