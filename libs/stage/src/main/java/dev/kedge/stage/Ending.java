package dev.kedge.stage;

import dev.kedge.stage.v1.Held;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.store.Claim;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/**
 * How a stage's life ended, and how its stream ends for everyone who watches it.
 *
 * @param last ends a caller's stream
 */
record Ending(Outcome outcome, Consumer<StreamObserver<StageEvent>> last) {
  void tell(StreamObserver<StageEvent> caller) {
    last.accept(caller);
  }

  /** With a committed stage. */
  static Ending result(CommittedStage stage, boolean cached) {
    return with(
        cached ? Outcome.CACHED : Outcome.COMMITTED,
        StageEvent.newBuilder().setResult(stage.answer(cached)).build());
  }

  /** With the name of who holds the lease. */
  static Ending held(Claim.Held held) {
    Held.Builder message = Held.newBuilder().setHolder(held.holder()).setEpoch(held.epoch());
    return with(Outcome.HELD, StageEvent.newBuilder().setHeld(message).build());
  }

  /** Before anything was done: for its caller, this process is gone already. */
  static Ending goingDown() {
    Status down = Status.UNAVAILABLE.withDescription("this process is going down");
    return new Ending(Outcome.STOPPED, caller -> caller.onError(down.asRuntimeException()));
  }

  /** With an error. */
  static Ending failure(Throwable failure) {
    return new Ending(
        failure instanceof StageStopped ? Outcome.STOPPED : Outcome.FAILED,
        caller -> caller.onError(StageFailures.toStatus(failure)));
  }

  private static Ending with(Outcome outcome, StageEvent last) {
    return new Ending(
        outcome,
        caller -> {
          caller.onNext(last);
          caller.onCompleted();
        });
  }
}
