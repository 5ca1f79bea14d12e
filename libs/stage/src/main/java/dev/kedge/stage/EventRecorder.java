package dev.kedge.stage;

import dev.kedge.stage.v1.StageEvent;
import dev.kedge.store.EventLog;
import dev.kedge.store.StoreException;
import java.util.List;

/** Copies a life's events into the stage's log, and reads those of earlier lives. */
final class EventRecorder {
  private static final int PAGE = 500;

  private final EventStream stream;
  private final EventLog log;
  private String recorded = "";

  EventRecorder(EventStream stream, EventLog log) {
    this.stream = stream;
    this.log = log;
  }

  /** Writes what is not written yet. A store out of reach is no failure: the next call goes on. */
  synchronized void record(long epoch) {
    try {
      for (StageEvent event : stream.after(recorded)) {
        log.append(epoch, Cursors.sequence(event.getCursor()), ProtoJson.tree(event));
        recorded = event.getCursor();
      }
    } catch (StoreException outOfReach) {
      // Kept in memory until the store is back.
    }
    stream.recordedUpTo(recorded);
  }

  /**
   * Events after the cursor that are not in memory any more, a page of them.
   *
   * @return empty where there are none, or the log cannot be read
   */
  List<StageEvent> history(String cursor) {
    try {
      return log.read(cursor, PAGE).stream()
          .filter(entry -> entry.cursor().compareTo(stream.floor()) <= 0)
          .map(EventRecorder::event)
          .toList();
    } catch (StoreException outOfReach) {
      return List.of();
    }
  }

  private static StageEvent event(dev.kedge.store.StageEvent entry) {
    StageEvent.Builder event = StageEvent.newBuilder();
    ProtoJson.merge(entry.payload(), event);
    return event.setCursor(entry.cursor()).build();
  }
}
