package dev.kedge.stage;

import dev.kedge.stage.v1.StageEvent;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Remembers what a stage's stream said. */
final class Caller implements StreamObserver<StageEvent> {
  private static final long LONGEST_WAIT_SECONDS = 20;

  private final List<StageEvent> events = new CopyOnWriteArrayList<>();
  private final BlockingQueue<StageEvent> unseen = new LinkedBlockingQueue<>();
  private final CompletableFuture<StageEvent> last = new CompletableFuture<>();

  @Override
  public void onNext(StageEvent event) {
    events.add(event);
    unseen.add(event);
  }

  @Override
  public void onError(Throwable failure) {
    last.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    last.complete(events.get(events.size() - 1));
  }

  List<StageEvent> events() {
    return events;
  }

  /** The event that the stream ended with. */
  StageEvent last() throws Exception {
    return last.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The error that the stream ended with. */
  Throwable failure() throws Exception {
    return last.handle((event, failure) -> failure).get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
  }

  boolean isOver() {
    return last.isDone();
  }

  /** Waits for an event; those before it count as seen. */
  StageEvent await(Predicate<StageEvent> wanted) throws InterruptedException {
    while (true) {
      StageEvent event = unseen.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError(
            "no such event in %d s; there were %s".formatted(LONGEST_WAIT_SECONDS, events));
      }
      if (wanted.test(event)) {
        return event;
      }
    }
  }
}
