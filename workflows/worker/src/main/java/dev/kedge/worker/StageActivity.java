package dev.kedge.worker;

import dev.kedge.contract.Requester;
import dev.kedge.contract.StageKey;
import dev.kedge.experiment.ExperimentWorkflow;
import dev.kedge.experiment.StageActivities;
import dev.kedge.experiment.Temporal;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.tracing.Fields;
import dev.kedge.tracing.Traces;
import io.grpc.Channel;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/** Runs stages on the service at the other end of a channel. */
public final class StageActivity implements StageActivities {
  private final Channel service;
  private final Duration outOfSight;
  private final Duration temporalOutOfSight;
  private final WorkerMetrics metrics;
  private final Traces traces;

  /**
   * An activity for one service.
   *
   * @param outOfSight how long the service may be unreachable before the stage is given back
   * @param temporalOutOfSight how long Temporal may be before the stage is left to itself
   */
  public StageActivity(
      Channel service,
      Duration outOfSight,
      Duration temporalOutOfSight,
      WorkerMetrics metrics,
      Traces traces) {
    this.service = service;
    this.outOfSight = outOfSight;
    this.temporalOutOfSight = temporalOutOfSight;
    this.metrics = metrics;
    this.traces = traces;
  }

  @Override
  public StageEvent runStage(RunRequest request) {
    Requester requester = Requester.parse(request.getRequester()).orElseThrow();
    StageKind kind = StageKey.kindOf(request.getSpec());
    Span span = begin(request, requester, kind);
    Map<String, String> fields = logFields(request, requester, kind, span);
    fields.forEach(MDC::put);
    try {
      return Context.current()
          .with(span)
          .wrapSupplier(() -> counted(kind, () -> run(request, requester)))
          .get();
    } finally {
      span.end();
      fields.keySet().forEach(MDC::remove);
    }
  }

  /** The stage's span; the time that it waited for a worker is one of its own. */
  private Span begin(RunRequest request, Requester requester, StageKind kind) {
    Attributes whose =
        Attributes.of(
            Fields.PROJECT, request.getProject(),
            Fields.EXPERIMENT, requester.experiment(),
            Fields.STAGE, requester.stage(),
            Fields.KIND, kind.name(),
            Fields.KEY, request.getKey());
    long asked = Activity.getExecutionContext().getInfo().getScheduledTimestamp();
    traces
        .span("queue " + kind)
        .setAllAttributes(whose)
        .setStartTimestamp(asked, TimeUnit.MILLISECONDS)
        .startSpan()
        .end();
    return traces.span("stage " + kind).setAllAttributes(whose).startSpan();
  }

  /** As the services have them, so that one search finds the lines of both. */
  private static Map<String, String> logFields(
      RunRequest request, Requester requester, StageKind kind, Span span) {
    var fields = new TreeMap<>(Traces.logFields(span));
    fields.put("project", request.getProject());
    fields.put("experiment", requester.experiment());
    fields.put("stage", requester.stage());
    fields.put("kind", kind.name());
    fields.put("key", request.getKey());
    return fields;
  }

  private StageEvent counted(StageKind kind, Supplier<StageEvent> attempt) {
    try {
      StageEvent end = attempt.get();
      ended(kind, end.hasHeld() ? "held" : "result");
      return end;
    } catch (ApplicationFailure failed) {
      ended(kind, failed.getType()).setStatus(StatusCode.ERROR);
      throw failed;
    } catch (ActivityCanceledException cancelled) {
      ended(kind, "cancelled");
      throw cancelled;
    }
  }

  private Span ended(StageKind kind, String how) {
    metrics.ended(kind, how);
    return Span.current().setAttribute(Fields.END, how);
  }

  private StageEvent run(RunRequest request, Requester requester) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    announce(activity, requester);
    var heartbeat =
        new Heartbeat(
            activity::heartbeat,
            () -> Temporal.answers(activity.getWorkflowClient()),
            temporalOutOfSight);
    var call = new StageCall(service, request, outOfSight, heartbeat);
    try {
      return call.toEnd();
    } catch (ActivityCanceledException cancelled) {
      call.withdraw();
      throw cancelled;
    }
  }

  /** Until now the stage was waiting in a queue; the record says so. */
  private static void announce(ActivityExecutionContext activity, Requester requester) {
    activity
        .getWorkflowClient()
        .newWorkflowStub(ExperimentWorkflow.class, activity.getInfo().getWorkflowId())
        .stageStarted(requester.stage(), activity.getInfo().getActivityId());
  }
}
