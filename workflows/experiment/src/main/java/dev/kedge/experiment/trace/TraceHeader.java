package dev.kedge.experiment.trace;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.Header;
import java.util.Map;

/** A span in a header of Temporal, as W3C Trace Context has it. */
final class TraceHeader {
  private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final DataConverter TEXTS = DefaultDataConverter.STANDARD_INSTANCE;

  private TraceHeader() {}

  /** Puts the context's span in, if it has one. */
  static void write(Header header, Context context) {
    W3C.inject(
        context,
        header.getValues(),
        (to, name, value) -> to.put(name, TEXTS.toPayload(value).orElseThrow()));
  }

  /** The span that was put in; none in headers from before there were traces. */
  static Context read(Header header) {
    return W3C.extract(Context.root(), header.getValues(), Reading.INSTANCE);
  }

  private enum Reading implements TextMapGetter<Map<String, Payload>> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Map<String, Payload> header) {
      return header.keySet();
    }

    @Override
    public String get(Map<String, Payload> header, String name) {
      Payload value = header == null ? null : header.get(name);
      return value == null ? null : TEXTS.fromPayload(value, String.class, String.class);
    }
  }
}
