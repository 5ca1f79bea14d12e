package dev.kedge.gateway.watch;

import dev.kedge.gateway.Refusal;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How much of an experiment somebody has seen. Small whatever its size: stages whose logs are read
 * to the end take a bit each.
 *
 * <p>Written as {@code VERSION/BITS/STAGE:KEY:EVENT,…}; stages go by their position in the plan.
 */
final class WatchCursor {
  private static final String FORM = "\\d*/[\\w-]*/(\\d+:\\w+:[\\w-]+(,\\d+:\\w+:[\\w-]+)*)?";

  private final SortedMap<Integer, Position> positions = new TreeMap<>();
  private final BitSet done;
  private String version;

  private WatchCursor(String version, BitSet done) {
    this.version = version;
    this.done = done;
  }

  /**
   * Reads a cursor of an earlier answer.
   *
   * @param text empty for the beginning
   */
  static WatchCursor parse(String text) {
    if (text.isEmpty()) {
      return new WatchCursor("", new BitSet());
    }
    if (!text.matches(FORM)) {
      throw Refusal.invalid(
          "CURSOR_INVALID", "cursor", "`%s` is no cursor of an earlier answer".formatted(text));
    }
    String[] parts = text.split("/", -1);
    try {
      var cursor =
          new WatchCursor(parts[0], BitSet.valueOf(Base64.getUrlDecoder().decode(parts[1])));
      for (String position : parts[2].isEmpty() ? new String[0] : parts[2].split(",", -1)) {
        String[] fields = position.split(":", -1);
        cursor.positions.put(Integer.valueOf(fields[0]), new Position(fields[1], fields[2]));
      }
      return cursor;
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("CURSOR_INVALID", "cursor", "`%s` is damaged".formatted(text), e);
    }
  }

  /** Whether this version of the record was not seen; notes that it is now. */
  boolean sees(String newest) {
    boolean unseen = !newest.equals(version);
    version = newest;
    return unseen;
  }

  /** The last event that was seen of a stage's log; empty for none. */
  String position(int stage, String key) {
    Position position = positions.get(stage);
    return position == null || !position.key().equals(shortened(key)) ? "" : position.event();
  }

  void advance(int stage, String key, String event) {
    positions.put(stage, new Position(shortened(key), event));
  }

  boolean isDone(int stage) {
    return done.get(stage);
  }

  /** The stage's log is read to its end. */
  void finish(int stage) {
    positions.remove(stage);
    done.set(stage);
  }

  /** The stage is at work again. */
  void reopen(int stage) {
    done.clear(stage);
  }

  @Override
  public String toString() {
    return "%s/%s/%s"
        .formatted(
            version,
            Base64.getUrlEncoder().withoutPadding().encodeToString(done.toByteArray()),
            positions.entrySet().stream().map(WatchCursor::text).collect(Collectors.joining(",")));
  }

  private static String text(Map.Entry<Integer, Position> entry) {
    return entry.getKey() + ":" + entry.getValue().key() + ":" + entry.getValue().event();
  }

  private static String shortened(String key) {
    return key.substring(0, Math.min(12, key.length()));
  }

  /**
   * A place in a stage's log.
   *
   * @param key the beginning of the stage's key: with another key, the log is another
   */
  private record Position(String key, String event) {}
}
