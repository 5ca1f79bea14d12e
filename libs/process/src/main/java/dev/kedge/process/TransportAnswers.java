package dev.kedge.process;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the transport answers by itself, where a request cannot be read, gets a status that says
 * whose fault it is and an {@code ErrorInfo}, as every other answer has.
 */
public abstract class TransportAnswers implements ServerInterceptor {
  private static final Set<Status.Code> TRANSPORTS =
      Set.of(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.RESOURCE_EXHAUSTED);

  private final LargestMessage largest;

  /** Tells of the longest message that is read. */
  protected TransportAnswers(LargestMessage largest) {
    this.largest = largest;
  }

  /**
   * The caller's fault.
   *
   * @param message what cannot be read, and what to send
   */
  protected abstract StatusRuntimeException unreadable(String message);

  /** A fault of this process, of which nothing is known but this. */
  protected abstract StatusRuntimeException broken(RuntimeException failure);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var answer = new Answer<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(answer, headers)) {
      @Override
      public void onMessage(Q message) {
        answer.messages.incrementAndGet();
        super.onMessage(message);
      }
    };
  }

  /** A call whose last word is looked at. */
  private final class Answer<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final AtomicInteger messages = new AtomicInteger();

    Answer(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (TRANSPORTS.contains(status.getCode()) && isBare(status, trailers)) {
        StatusRuntimeException told = explained(status);
        super.close(told.getStatus(), told.getTrailers());
      } else {
        super.close(status, trailers);
      }
    }

    private static boolean isBare(Status status, Metadata trailers) {
      com.google.rpc.Status told = StatusProto.fromStatusAndTrailers(status, trailers);
      return told == null || told.getDetailsCount() == 0;
    }

    private StatusRuntimeException explained(Status status) {
      boolean takesOne = getMethodDescriptor().getType().clientSendsOneMessage();
      return takesOne && messages.get() != 1
          ? unreadable(
              "%d messages could be read, and %s takes one: send one that is of its type and no longer than %s"
                  .formatted(messages.get(), getMethodDescriptor().getBareMethodName(), largest))
          : broken(new IllegalStateException(status.toString(), status.getCause()));
    }
  }
}
