package dev.kedge.gateway;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Answers calls. */
final class Answers {
  /** How long a client that reads nothing of its stream is waited for. */
  private static final Duration READER_PATIENCE = Duration.ofMinutes(5);

  private Answers() {}

  /** Answers with what the work returns, or with what it throws. */
  static <T> void one(StreamObserver<T> to, Callable<T> work) {
    T answer;
    try {
      answer = work.call();
    } catch (Exception e) {
      to.onError(Failures.toStatus(e));
      return;
    }
    to.onNext(answer);
    to.onCompleted();
  }

  /**
   * Answers with all that the work sends, no faster than the client reads, or with what it throws.
   */
  static <T> void many(StreamObserver<T> to, Consumer<Consumer<T>> work) {
    var flow = new PacedStream<>((ServerCallStreamObserver<T>) to, READER_PATIENCE);
    try {
      work.accept(flow::send);
    } catch (RuntimeException e) {
      to.onError(Failures.toStatus(e));
      return;
    }
    to.onCompleted();
  }
}
