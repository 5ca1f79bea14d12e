package dev.kedge.stage;

import com.google.protobuf.Timestamp;
import dev.kedge.stage.v1.StageEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The events of one life of a stage, newest in memory, and how it ended. Events get their cursors
 * here.
 */
final class EventStream {
  /** Recorded events that stay in memory, for callers that lag a little. */
  private static final int KEPT = 1_000;

  private final Deque<StageEvent> events = new ArrayDeque<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private long epoch;
  private long next;
  private String floor = "";
  private Ending ending;

  /** From now on events can be published. */
  synchronized void begin(long newEpoch) {
    epoch = newEpoch;
    floor = Cursors.before(newEpoch);
  }

  /** Whether they can: somebody has the stage's lease, or had it. */
  synchronized boolean hasBegun() {
    return epoch > 0;
  }

  void publish(StageEvent.Builder event) {
    synchronized (this) {
      events.add(event.setCursor(Cursors.of(epoch, next)).setTime(now()).build());
      next++;
    }
    tellWatchers();
  }

  /** No event comes after this. */
  void end(Ending how) {
    synchronized (this) {
      ending = how;
    }
    tellWatchers();
  }

  /** Every event after the cursor is still in memory. */
  synchronized boolean reaches(String cursor) {
    return cursor.compareTo(floor) >= 0;
  }

  /** Cursor of the newest event that is not in memory any more. */
  synchronized String floor() {
    return floor;
  }

  /** Events in memory after a cursor. */
  synchronized List<StageEvent> after(String cursor) {
    return events.stream().filter(event -> event.getCursor().compareTo(cursor) > 0).toList();
  }

  synchronized Optional<Ending> ending() {
    return Optional.ofNullable(ending);
  }

  /** Events up to the cursor are on record: all but the newest of them may leave memory. */
  synchronized void recordedUpTo(String cursor) {
    while (events.size() > KEPT && events.peekFirst().getCursor().compareTo(cursor) <= 0) {
      floor = events.removeFirst().getCursor();
    }
  }

  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  private void tellWatchers() {
    watchers.forEach(Runnable::run);
  }

  private static Timestamp now() {
    Instant now = Instant.now();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }
}
