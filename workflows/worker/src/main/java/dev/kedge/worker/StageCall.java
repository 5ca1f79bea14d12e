package dev.kedge.worker;

import dev.kedge.stage.v1.CancelRequest;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageServiceGrpc;
import dev.kedge.stage.v1.StageServiceGrpc.StageServiceStub;
import dev.kedge.tracing.CallersTrace;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Has one stage run by a service, and stays with it until its end. */
final class StageCall {
  private static final Logger LOG = Logger.getLogger(StageCall.class);

  /** Well within Temporal's heartbeat time-out of 10 s. */
  private static final Duration BEAT = Duration.ofSeconds(2);

  private static final Duration BEFORE_ANOTHER_CALL = Duration.ofSeconds(1);
  private static final int CANCEL_SECONDS = 5;

  private final Channel channel;
  private final RunRequest request;
  private final Duration outOfSight;
  private final Consumer<Progress> heartbeat;
  private Progress progress = Progress.getDefaultInstance();
  private boolean sawWork;
  private String cursor;
  private long lastSeen = System.nanoTime();

  /**
   * A call that is yet to be made.
   *
   * @param outOfSight how long the service may be unreachable
   * @param heartbeat is told the last progress at least every 2 s; may throw to end the call
   */
  StageCall(
      Channel channel, RunRequest request, Duration outOfSight, Consumer<Progress> heartbeat) {
    this.channel = channel;
    this.request = request;
    this.outOfSight = outOfSight;
    this.heartbeat = heartbeat;
    this.cursor = request.getAfterCursor();
  }

  /**
   * The stage's last event: a result, or that another service holds it.
   *
   * @throws ApplicationFailure as {@link ServiceFailure} puts it, or because this worker ends while
   *     the service goes on
   */
  StageEvent toEnd() {
    try {
      return followed();
    } catch (InterruptedException | ActivityWorkerShutdownException ending) {
      throw ApplicationFailure.newFailureWithCause(
          "the worker was told to end: another takes the stage up where it is",
          "WORKER_STOPPED",
          ending,
          "RESOURCES",
          progress.getDone(),
          progress.getComputeSeconds());
    }
  }

  private StageEvent followed() throws InterruptedException {
    while (true) {
      try (StageStream stream = StageStream.open(service(), requestFromHere())) {
        return lastOf(stream);
      } catch (StatusRuntimeException failed) {
        goOnAfter(ServiceFailure.of(failed));
      }
    }
  }

  private StageServiceStub service() {
    return StageServiceGrpc.newStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(CallersTrace.headers()));
  }

  private RunRequest requestFromHere() {
    return request.toBuilder().setAfterCursor(cursor).build();
  }

  private StageEvent lastOf(StageStream stream) throws InterruptedException {
    while (true) {
      Optional<StageEvent> event = stream.next(BEAT);
      event.ifPresent(this::see);
      if (event.isPresent() && (event.get().hasResult() || event.get().hasHeld())) {
        return ownResult(event.get());
      }
      heartbeat.accept(progress);
    }
  }

  /** A result that is found after a loss of sight was made by the work that was seen before. */
  private StageEvent ownResult(StageEvent end) {
    if (!end.getResult().getCached() || !sawWork) {
      return end;
    }
    return end.toBuilder().setResult(end.getResult().toBuilder().setCached(false)).build();
  }

  private void see(StageEvent event) {
    lastSeen = System.nanoTime();
    cursor = event.getCursor().isEmpty() ? cursor : event.getCursor();
    if (event.hasProgress()) {
      progress = event.getProgress();
      sawWork = true;
    }
  }

  private void goOnAfter(ServiceFailure failure) throws InterruptedException {
    boolean patient = System.nanoTime() - lastSeen < outOfSight.toNanos();
    if (!failure.isLossOfSight() || !patient) {
      throw failure.toApplicationFailure(progress);
    }
    LOG.infof("stage %s is out of sight: %s", request.getRequester(), failure.status());
    heartbeat.accept(progress);
    Thread.sleep(BEFORE_ANOTHER_CALL.toMillis());
  }

  /**
   * Tells the service that the stage is not wanted any more; one that cannot hear is left alone.
   */
  void withdraw() {
    try {
      StageServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(CANCEL_SECONDS, TimeUnit.SECONDS)
          .cancel(
              CancelRequest.newBuilder()
                  .setProject(request.getProject())
                  .setKey(request.getKey())
                  .setRequester(request.getRequester())
                  .build());
    } catch (StatusRuntimeException unreachable) {
      LOG.infof(
          "stage %s could not be withdrawn: %s", request.getRequester(), unreachable.getStatus());
    }
  }
}
