package dev.kedge.stage;

import dev.kedge.contract.Requester;
import dev.kedge.tracing.Fields;
import dev.kedge.tracing.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The spans of one life of a stage: the life itself, a child of the call that it begins with, and
 * the steps that it takes.
 */
final class StageTrace {
  /** What is over sooner is not worth a span where there can be many. */
  private static final Duration WORTH_SEEING = Duration.ofMillis(100);

  private final Traces traces;
  private final Span life;

  /**
   * @param first who asked first; the calling thread is in its span
   */
  StageTrace(StageRequest first, Traces traces) {
    this.traces = traces;
    SpanBuilder builder =
        traces
            .span("work " + first.kind())
            .setAttribute(Fields.PROJECT, first.id().project())
            .setAttribute(Fields.KIND, first.kind().name())
            .setAttribute(Fields.KEY, first.id().key());
    Requester.parse(first.requester())
        .ifPresent(
            of ->
                builder
                    .setAttribute(Fields.EXPERIMENT, of.experiment())
                    .setAttribute(Fields.STAGE, of.stage()));
    this.life = builder.startSpan();
  }

  Map<String, String> logFields() {
    return Traces.logFields(life);
  }

  /** The calling thread's span follows the life from now on; both say so if their traces differ. */
  void followed() {
    Span follower = Span.current();
    SpanContext its = follower.getSpanContext();
    SpanContext own = life.getSpanContext();
    if (its.isValid() && own.isValid() && !its.getTraceId().equals(own.getTraceId())) {
      follower.addLink(own);
      life.addLink(its);
    }
  }

  /** The lease is won. */
  void attempt(long number) {
    life.setAttribute(Fields.ATTEMPT, number);
  }

  /** The whole life's work. */
  Ending during(Supplier<Ending> work) {
    Ending ending = Context.current().with(life).wrapSupplier(work).get();
    life.setAttribute(Fields.END, ending.outcome().toString());
    if (ending.outcome() == Outcome.FAILED) {
      life.setStatus(StatusCode.ERROR);
    }
    life.end();
    return ending;
  }

  /** Something that begins now, in the thread's span; to be ended. */
  Span begin(String name) {
    return traces.span(name).startSpan();
  }

  /** A step, in the thread's span. Being stopped is no fault. */
  <T, E extends Exception> T step(String name, StageContext.Step<T, E> work) throws E {
    Span span = begin(name);
    Scope scope = span.makeCurrent();
    try {
      return work.take();
    } catch (StageStopped stopped) {
      throw stopped;
    } catch (Throwable failure) {
      span.setStatus(StatusCode.ERROR, StageFailures.known(failure).reason());
      throw failure;
    } finally {
      scope.close();
      span.end();
    }
  }

  /** A step that is seen only if it took long. */
  <T> T stepIfLong(String name, Supplier<T> work) {
    Instant start = Instant.now();
    T made = work.get();
    if (traces.on() && Duration.between(start, Instant.now()).compareTo(WORTH_SEEING) >= 0) {
      traces
          .span(name)
          .setStartTimestamp(start.toEpochMilli(), TimeUnit.MILLISECONDS)
          .startSpan()
          .end();
    }
    return made;
  }
}
