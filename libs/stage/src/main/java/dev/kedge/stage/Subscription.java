package dev.kedge.stage;

import dev.kedge.stage.v1.StageEvent;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** One caller's way through a stage's events: first those on record, then the live ones. */
final class Subscription {
  private final StreamObserver<StageEvent> caller;
  private final Executor executor;
  private final AtomicInteger signals = new AtomicInteger();
  private String cursor;
  private EventStream stream;
  private EventRecorder recorder;
  private boolean over;

  Subscription(StreamObserver<StageEvent> caller, String cursor, Executor executor) {
    this.caller = caller;
    this.cursor = cursor;
    this.executor = executor;
  }

  /** Delivers from here on until the stage ends or the subscription is closed. */
  void follow(EventStream events, EventRecorder record) {
    synchronized (this) {
      if (over) {
        return;
      }
      stream = events;
      recorder = record;
      events.watch(signal);
    }
    signal.run();
  }

  private final Runnable signal = this::signalled;

  private void signalled() {
    if (signals.getAndIncrement() == 0) {
      executor.execute(this::drain);
    }
  }

  /** Ends this caller's stream alone. */
  synchronized void close(Ending ending) {
    if (!over) {
      finish();
      ending.tell(caller);
    }
  }

  /** The caller is gone. */
  synchronized void abandon() {
    finish();
  }

  /** Whether there is nobody to tell any more. */
  synchronized boolean isOver() {
    return over;
  }

  private void finish() {
    over = true;
    if (stream != null) {
      stream.unwatch(signal);
    }
  }

  private void drain() {
    int seen;
    do {
      seen = signals.get();
      deliver();
    } while (!signals.compareAndSet(seen, 0));
  }

  private synchronized void deliver() {
    boolean more = true;
    while (more && !over) {
      // Looked at first: what ended the stage comes after all of its events.
      var ending = stream.ending();
      more = sendSome();
      if (!more) {
        ending.ifPresent(this::close);
      }
    }
  }

  private boolean sendSome() {
    if (stream.reaches(cursor)) {
      return send(stream.after(cursor));
    }
    if (!send(recorder.history(cursor))) {
      cursor = stream.floor();
    }
    return true;
  }

  private boolean send(List<StageEvent> events) {
    for (StageEvent event : events) {
      caller.onNext(event);
      cursor = event.getCursor();
    }
    return !events.isEmpty();
  }
}
