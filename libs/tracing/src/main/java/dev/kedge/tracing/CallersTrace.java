package dev.kedge.tracing;

import io.grpc.Metadata;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;

/** The span that a gRPC call is made in goes with it, as W3C Trace Context. */
public final class CallersTrace {
  private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

  private CallersTrace() {}

  /** What goes with a call that this thread is about to make; empty where it is in no span. */
  public static Metadata headers() {
    Metadata headers = new Metadata();
    W3C.inject(Context.current(), headers, (to, name, value) -> to.put(key(name), value));
    return headers;
  }

  /** The caller's span; none where the caller told none, or what is not one. */
  public static Context of(Metadata headers) {
    return W3C.extract(Context.root(), headers, Reading.INSTANCE);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private enum Reading implements TextMapGetter<Metadata> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Metadata headers) {
      return headers.keys();
    }

    @Override
    public String get(Metadata headers, String name) {
      return headers == null ? null : headers.get(key(name));
    }
  }
}
