package dev.kedge.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Tries, on a throw-away object, the two conditional writes that leases and commits rest on. On a
 * store that ignores them two machines could both believe that they own a stage.
 */
public final class ConditionalWriteProbe implements AutoCloseable {
  private static final byte[] FIRST = "first".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SECOND = "second".getBytes(StandardCharsets.UTF_8);

  private final ObjectStore store;
  private final String key = "probes/" + UUID.randomUUID();

  private ConditionalWriteProbe(ObjectStore store) {
    this.store = store;
  }

  /**
   * Tries them now.
   *
   * @throws StoreException.Refused if the store ignores one
   */
  public static void require(ObjectStore store) {
    try (var probe = new ConditionalWriteProbe(store)) {
      probe.run();
    }
  }

  /** A store that has been tried. */
  static ObjectStore tried(ObjectStore store) {
    require(store);
    return store;
  }

  private void run() {
    String stale = store.put(key, FIRST, Condition.IF_ABSENT);
    requireRefusal(Condition.IF_ABSENT);
    store.put(key, SECOND, Condition.ifUnchanged(stale));
    requireRefusal(Condition.ifUnchanged(stale));
  }

  @Override
  public void close() {
    store.delete(key);
  }

  private void requireRefusal(Condition condition) {
    try {
      store.put(key, FIRST, condition);
    } catch (StoreException.ConditionFailed asItMust) {
      return;
    }
    throw new StoreException.Refused(
        "the object store ignores "
            + condition.headers()
            + " on writes, so leases and commits would not be safe on it: use a store with"
            + " conditional writes (S3, MinIO, or Kedge's embedded one)",
        null);
  }
}
