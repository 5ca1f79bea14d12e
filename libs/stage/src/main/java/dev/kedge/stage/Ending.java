package dev.kedge.stage;

import dev.kedge.stage.v1.Held;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageResult;
import dev.kedge.store.Claim;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** How a stage's stream ends for everyone who watches it. */
interface Ending {
  void tell(StreamObserver<StageEvent> caller);

  /** With a committed stage. */
  static Ending result(CommittedStage stage, boolean cached) {
    StageResult.Builder message =
        StageResult.newBuilder()
            .setKey(stage.key())
            .setArtifact(stage.artifact())
            .setCached(cached)
            .setComputeSeconds(stage.computeSeconds())
            .putAllMetrics(stage.metrics());
    return with(StageEvent.newBuilder().setResult(message).build());
  }

  /** With the name of who holds the lease. */
  static Ending held(Claim.Held held) {
    Held.Builder message = Held.newBuilder().setHolder(held.holder()).setEpoch(held.epoch());
    return with(StageEvent.newBuilder().setHeld(message).build());
  }

  /** Before anything was done: for its caller, this process is gone already. */
  static Ending goingDown() {
    return caller ->
        caller.onError(
            Status.UNAVAILABLE.withDescription("this process is going down").asRuntimeException());
  }

  /** With an error. */
  static Ending failure(Throwable failure) {
    return caller -> caller.onError(StageFailures.toStatus(failure));
  }

  private static Ending with(StageEvent last) {
    return caller -> {
      caller.onNext(last);
      caller.onCompleted();
    };
  }
}
