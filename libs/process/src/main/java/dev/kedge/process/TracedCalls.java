package dev.kedge.process;

import dev.kedge.tracing.CallersTrace;
import dev.kedge.tracing.Traces;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/**
 * Every call is a span, the caller's child where the caller told its own; log lines that are
 * written meanwhile have its ids. Comes after those who may refuse a call: what they refuse leaves
 * no trace. Calls about the server itself, health and reflection, leave none either.
 */
@GlobalInterceptor
@Singleton
public class TracedCalls implements ServerInterceptor {
  private static final String ABOUT_THE_SERVER = "grpc.";

  /** A server's own fault, as OpenTelemetry's conventions for gRPC say. */
  private static final Set<Status.Code> FAULTS =
      Set.of(
          Status.Code.UNKNOWN,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.UNIMPLEMENTED,
          Status.Code.INTERNAL,
          Status.Code.UNAVAILABLE,
          Status.Code.DATA_LOSS);

  private final Traces traces;

  /** An interceptor for all services of a process. */
  public TracedCalls(Traces traces) {
    this.traces = traces;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MethodDescriptor<Q, A> method = call.getMethodDescriptor();
    if (!traces.on() || method.getFullMethodName().startsWith(ABOUT_THE_SERVER)) {
      return next.startCall(call, headers);
    }
    Span span = begin(method, headers);
    try {
      return within(
          span, () -> new Listening<>(next.startCall(new Answering<>(call, span), headers), span));
    } catch (RuntimeException broken) {
      end(span, Status.UNKNOWN);
      throw broken;
    }
  }

  private Span begin(MethodDescriptor<?, ?> method, Metadata headers) {
    return traces
        .call(method.getFullMethodName())
        .setParent(CallersTrace.of(headers))
        .setAttribute("rpc.system", "grpc")
        .setAttribute("rpc.service", method.getServiceName())
        .setAttribute("rpc.method", method.getBareMethodName())
        .startSpan();
  }

  private static void end(Span span, Status status) {
    span.setAttribute("rpc.grpc.status_code", status.getCode().value());
    if (FAULTS.contains(status.getCode())) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  /** The span is the thread's meanwhile, and its log's. */
  private static <T> T within(Span span, Supplier<T> work) {
    Map<String, String> fields = Traces.logFields(span);
    fields.forEach(MDC::put);
    try {
      return Context.current().with(span).wrapSupplier(work).get();
    } finally {
      fields.keySet().forEach(MDC::remove);
    }
  }

  private static final class Answering<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Span span;

    Answering(ServerCall<Q, A> call, Span span) {
      super(call);
      this.span = span;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      end(span, status);
      super.close(status, trailers);
    }
  }

  private static final class Listening<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Span span;

    Listening(ServerCall.Listener<Q> next, Span span) {
      super(next);
      this.span = span;
    }

    @Override
    public void onMessage(Q message) {
      during(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      during(super::onHalfClose);
    }

    @Override
    public void onCancel() {
      try {
        during(super::onCancel);
      } finally {
        end(span, Status.CANCELLED);
      }
    }

    private void during(Runnable event) {
      within(
          span,
          () -> {
            event.run();
            return true;
          });
    }
  }
}
