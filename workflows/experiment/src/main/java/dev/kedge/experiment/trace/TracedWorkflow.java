package dev.kedge.experiment.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.experiment.ExperimentName;
import dev.kedge.experiment.ExperimentWorkflow;
import dev.kedge.tracing.ChosenIds;
import dev.kedge.tracing.Fields;
import dev.kedge.tracing.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One run of an experiment's workflow is one span, and so is each operation on it. A span that has
 * begun is nothing yet: only who sees it end, and is not replaying, sends it.
 */
final class TracedWorkflow extends WorkflowInboundCallsInterceptorBase {
  private static final String EXPERIMENT = ExperimentWorkflow.class.getSimpleName();

  private final Traces traces;
  private Span span = Span.getInvalid();

  TracedWorkflow(WorkflowInboundCallsInterceptor next, Traces traces) {
    super(next);
    this.traces = traces;
  }

  /** The run's; invalid where the workflow is no experiment's. */
  Span span() {
    return span;
  }

  @Override
  public void init(WorkflowOutboundCallsInterceptor commands) {
    super.init(new TracedCommands(commands, this));
  }

  @Override
  public WorkflowOutput execute(WorkflowInput input) {
    WorkflowInfo run = Workflow.getInfo();
    if (run.getWorkflowType().equals(EXPERIMENT)) {
      span = begin(run, (String) input.getArguments()[0], TraceHeader.read(input.getHeader()));
    }
    // What throws is destroyed, to be replayed elsewhere, or continued, which ends the span.
    WorkflowOutput output = super.execute(input);
    ended();
    return output;
  }

  private Span begin(WorkflowInfo run, String experiment, Context starter) {
    ExperimentName name = ExperimentName.parse(experiment);
    SpanBuilder builder =
        traces
            .span("experiment")
            .setParent(starter)
            .setStartTimestamp(run.getRunStartedTimestampMillis(), TimeUnit.MILLISECONDS)
            .setAttribute(Fields.PROJECT, name.project())
            .setAttribute(Fields.EXPERIMENT, name.id());
    String ids = digits(run.getOriginalExecutionRunId());
    return ChosenIds.begin(builder, ids, ids.substring(ids.length() / 2));
  }

  /** As many as a trace's id has; a span's has half of them. */
  private static String digits(String run) {
    return UUID.nameUUIDFromBytes(run.getBytes(UTF_8)).toString().replace("-", "");
  }

  /** The run has come to its end. */
  void ended() {
    end(span);
  }

  @Override
  public UpdateOutput executeUpdate(UpdateInput input) {
    Context caller = TraceHeader.read(input.getHeader());
    if (!Span.fromContext(caller).getSpanContext().isValid()) {
      return super.executeUpdate(input);
    }
    Span operation = begin(input.getUpdateName(), caller);
    try {
      UpdateOutput output = super.executeUpdate(input);
      end(operation);
      return output;
    } catch (RuntimeException refused) {
      end(operation.setStatus(StatusCode.ERROR));
      throw refused;
    }
  }

  /** In the caller's trace; the experiment's may be another. */
  private Span begin(String operation, Context caller) {
    SpanBuilder builder =
        traces
            .span("experiment " + operation)
            .setParent(caller)
            .setStartTimestamp(Workflow.currentTimeMillis(), TimeUnit.MILLISECONDS);
    SpanContext experiment = span.getSpanContext();
    return (experiment.isValid() ? builder.addLink(experiment) : builder).startSpan();
  }

  private static void end(Span span) {
    if (!WorkflowUnsafe.isReplaying()) {
      span.end(Workflow.currentTimeMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
