package dev.kedge.experiment.trace;

import io.opentelemetry.context.Context;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;

/** The workflow's span goes with its activities, and with the run that continues it. */
final class TracedCommands extends WorkflowOutboundCallsInterceptorBase {
  private final TracedWorkflow workflow;

  TracedCommands(WorkflowOutboundCallsInterceptor next, TracedWorkflow workflow) {
    super(next);
    this.workflow = workflow;
  }

  @Override
  public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
    TraceHeader.write(input.getHeader(), own());
    return super.executeActivity(input);
  }

  @Override
  public void continueAsNew(ContinueAsNewInput input) {
    TraceHeader.write(input.getHeader(), own());
    workflow.ended();
    super.continueAsNew(input);
  }

  private Context own() {
    return Context.root().with(workflow.span());
  }
}
