package dev.kedge.gateway;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;

/** Answers calls. */
final class Answers {
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
}
