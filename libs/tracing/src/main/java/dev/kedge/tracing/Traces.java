package dev.kedge.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.Map;
import java.util.Optional;

/** The spans of this process: they go to a collector or, where it knows none, nowhere. */
public final class Traces implements AutoCloseable {
  private static final Traces OFF = new Traces(OpenTelemetry.noop(), Optional.empty());

  private final Tracer tracer;
  private final Optional<OpenTelemetrySdk> sdk;

  private Traces(OpenTelemetry telemetry, Optional<OpenTelemetrySdk> sdk) {
    this.tracer = telemetry.getTracer("dev.kedge");
    this.sdk = sdk;
  }

  /** Spans that nobody makes. */
  public static Traces off() {
    return OFF;
  }

  /** Spans for whoever has made the SDK; its ids should be {@link ChosenIds}. */
  public static Traces through(OpenTelemetrySdk sdk) {
    return new Traces(sdk, Optional.of(sdk));
  }

  /**
   * Spans that are sent as OpenTelemetry's own variables say.
   *
   * @param process what the process is called where they give it no name
   * @param version Kedge's version
   * @param more further properties, as OpenTelemetry names them; variables go first
   */
  public static Traces collected(String process, String version, Map<String, String> more) {
    return new Collector(process, version).open(more);
  }

  /** Whether anybody wants them. */
  public boolean on() {
    return sdk.isPresent();
  }

  /**
   * A span that is about to begin, as a child of the thread's.
   *
   * @param name one of few: whose the work is stands in {@link Fields}
   */
  public SpanBuilder span(String name) {
    return tracer.spanBuilder(name);
  }

  /** A call from outside that is about to be answered. */
  public SpanBuilder call(String name) {
    return tracer.spanBuilder(name).setSpanKind(SpanKind.SERVER);
  }

  /** The log fields of lines that belong to a span; none where nobody makes it. */
  public static Map<String, String> logFields(Span span) {
    SpanContext ids = span.getSpanContext();
    return ids.isValid()
        ? Map.of("traceId", ids.getTraceId(), "spanId", ids.getSpanId())
        : Map.of();
  }

  /** Sends what is not sent yet; waits for it for some seconds. */
  @Override
  public void close() {
    sdk.ifPresent(OpenTelemetrySdk::close);
  }
}
