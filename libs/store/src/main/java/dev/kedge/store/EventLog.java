package dev.kedge.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one stage logged, as small objects in the order of epoch and sequence. Writers of different
 * epochs cannot disturb each other, and a cursor stays good whatever happens to writers and
 * readers; what a writer of an overtaken epoch adds late is not seen by readers beyond it.
 */
public final class EventLog {
  /** Cursor before the first event. */
  public static final String BEGINNING = "";

  private static final String SUFFIX = ".json";
  private static final int PAGE = 1_000;

  private final ObjectStore objects;
  private final String prefix;

  EventLog(ObjectStore objects, String prefix) {
    this.objects = objects;
    this.prefix = prefix;
  }

  /**
   * Adds an event. Adding the same one again, after an answer was lost, changes nothing.
   *
   * @param epoch fencing token of the writer's lease
   * @param sequence the writer's own count of events, rising from 0
   */
  public void append(long epoch, long sequence, JsonNode payload) {
    String key = String.format(Locale.ROOT, "%s%010d-%010d%s", prefix, epoch, sequence, SUFFIX);
    objects.put(key, CanonicalJson.write(payload), Condition.ALWAYS);
  }

  /**
   * Reads on from a cursor.
   *
   * @param cursor of the last event seen, or {@link #BEGINNING}
   * @param limit at most so many
   */
  public List<StageEvent> read(String cursor, int limit) {
    String after = cursor.equals(BEGINNING) ? "" : prefix + cursor + SUFFIX;
    return objects.list(prefix, after, limit).stream()
        .map(this::event)
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Reads the end of the log.
   *
   * @param limit at most so many, the oldest of them first
   */
  public List<StageEvent> last(int limit) {
    Deque<ObjectInfo> newest = new ArrayDeque<>();
    String after = "";
    List<ObjectInfo> page;
    do {
      page = objects.list(prefix, after, PAGE);
      for (ObjectInfo info : page) {
        newest.addLast(info);
        if (newest.size() > limit) {
          newest.removeFirst();
        }
        after = info.key();
      }
    } while (page.size() == PAGE);
    return newest.stream().map(this::event).flatMap(Optional::stream).toList();
  }

  /** Empty where a store lists what it cannot read yet: the next reader goes on from there. */
  private Optional<StageEvent> event(ObjectInfo info) {
    String key = info.key();
    String cursor = key.substring(prefix.length(), key.length() - SUFFIX.length());
    try {
      JsonNode payload = CanonicalJson.read(objects.get(key).bytes(), JsonNode.class, key);
      return Optional.of(new StageEvent(cursor, payload));
    } catch (StoreException.NotFound listedTooEarly) {
      return Optional.empty();
    }
  }
}
