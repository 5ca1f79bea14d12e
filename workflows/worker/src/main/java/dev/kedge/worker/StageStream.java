package dev.kedge.worker;

import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageServiceGrpc.StageServiceStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The events of one {@code Run} call, to be taken one by one with patience. */
final class StageStream implements AutoCloseable {
  private sealed interface Item {
    record Event(StageEvent event) implements Item {}

    record End(Throwable failure) implements Item {}
  }

  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private volatile ClientCallStreamObserver<RunRequest> call;

  private StageStream() {}

  static StageStream open(StageServiceStub service, RunRequest request) {
    var stream = new StageStream();
    service.run(request, stream.new Receiver());
    return stream;
  }

  /**
   * The next event; empty where none came in time.
   *
   * @throws StatusRuntimeException if the call has ended
   */
  Optional<StageEvent> next(Duration patience) throws InterruptedException {
    Item item = items.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (item instanceof Item.End end) {
      throw Status.fromThrowable(end.failure())
          .asRuntimeException(Status.trailersFromThrowable(end.failure()));
    }
    return Optional.ofNullable((Item.Event) item).map(Item.Event::event);
  }

  /** Leaves the call; the service goes on for its grace period. */
  @Override
  public void close() {
    if (call != null) {
      call.cancel("the worker has left", null);
    }
  }

  private final class Receiver implements ClientResponseObserver<RunRequest, StageEvent> {
    @Override
    public void beforeStart(ClientCallStreamObserver<RunRequest> started) {
      call = started;
    }

    @Override
    public void onNext(StageEvent event) {
      items.add(new Item.Event(event));
    }

    @Override
    public void onError(Throwable failure) {
      items.add(new Item.End(failure));
    }

    @Override
    public void onCompleted() {
      // Only reached by a stream without a result: its reader has left any other.
      items.add(
          new Item.End(
              Status.UNAVAILABLE.withDescription("the stream ended early").asRuntimeException()));
    }
  }
}
