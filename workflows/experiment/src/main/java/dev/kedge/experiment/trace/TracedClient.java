package dev.kedge.experiment.trace;

import io.opentelemetry.context.Context;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;

/** The caller's span goes with what it starts or asks of a workflow. */
final class TracedClient extends WorkflowClientCallsInterceptorBase {
  TracedClient(WorkflowClientCallsInterceptor next) {
    super(next);
  }

  @Override
  public WorkflowStartOutput start(WorkflowStartInput input) {
    TraceHeader.write(input.getHeader(), Context.current());
    return super.start(input);
  }

  @Override
  public <R> WorkflowUpdateWithStartOutput<R> updateWithStart(
      WorkflowUpdateWithStartInput<R> input) {
    TraceHeader.write(input.getWorkflowStartInput().getHeader(), Context.current());
    TraceHeader.write(input.getStartUpdateInput().getHeader(), Context.current());
    return super.updateWithStart(input);
  }
}
