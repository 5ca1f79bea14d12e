package dev.kedge.gateway;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the transport answers by itself, where a request cannot be read, gets a status that says
 * whose fault it is and an {@code ErrorInfo}, as every other answer has.
 */
@GlobalInterceptor
@ApplicationScoped
public class UnreadableRequests implements ServerInterceptor {
  private final LargestMessage largest;

  UnreadableRequests(LargestMessage largest) {
    this.largest = largest;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var answer = new Answer<>(call, largest);
    return new SimpleForwardingServerCallListener<>(next.startCall(answer, headers)) {
      @Override
      public void onMessage(Q message) {
        answer.messages.incrementAndGet();
        super.onMessage(message);
      }
    };
  }

  /** A call whose last word is looked at. */
  private static final class Answer<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final LargestMessage largest;
    private final AtomicInteger messages = new AtomicInteger();

    Answer(ServerCall<Q, A> call, LargestMessage largest) {
      super(call);
      this.largest = largest;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      boolean isTransports =
          (status.getCode() == Status.Code.INTERNAL || status.getCode() == Status.Code.UNKNOWN)
              && isBare(status, trailers);
      if (isTransports) {
        StatusRuntimeException told = Failures.toStatus(explained(status));
        super.close(told.getStatus(), told.getTrailers());
      } else {
        super.close(status, trailers);
      }
    }

    private static boolean isBare(Status status, Metadata trailers) {
      com.google.rpc.Status told = StatusProto.fromStatusAndTrailers(status, trailers);
      return told == null || told.getDetailsCount() == 0;
    }

    private RuntimeException explained(Status status) {
      boolean takesOne = getMethodDescriptor().getType().clientSendsOneMessage();
      return takesOne && messages.get() != 1
          ? Refusal.invalid(
              "REQUEST_UNREADABLE",
              "",
              "%d messages could be read, and %s takes one: send one that is of its type and no longer than %s"
                  .formatted(messages.get(), getMethodDescriptor().getBareMethodName(), largest))
          : new IllegalStateException(status.toString(), status.getCause());
    }
  }
}
