package dev.kedge.stage;

import dev.kedge.stage.v1.StageEvent;
import io.grpc.stub.StreamObserver;

/** How a stage's stream ends for everyone who watches it. */
interface Ending {
  void tell(StreamObserver<StageEvent> caller);

  /** With a last event: a result, or who holds the lease. */
  static Ending with(StageEvent last) {
    return caller -> {
      caller.onNext(last);
      caller.onCompleted();
    };
  }

  /** With an error. */
  static Ending with(Throwable failure) {
    return caller -> caller.onError(StageFailures.toStatus(failure));
  }
}
