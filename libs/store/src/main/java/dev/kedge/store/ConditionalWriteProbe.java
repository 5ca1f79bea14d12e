package dev.kedge.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Tries, on a throw-away object, the two conditional writes that leases and commits rest on. On a
 * store that ignores them two machines could both believe that they own a stage.
 */
final class ConditionalWriteProbe {
  private static final byte[] FIRST = "first".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SECOND = "second".getBytes(StandardCharsets.UTF_8);

  private ConditionalWriteProbe() {}

  static void require(ObjectStore store) {
    String key = "probes/" + UUID.randomUUID();
    try {
      String stale = store.put(key, FIRST, Condition.IF_ABSENT);
      requireRefusal(store, key, Condition.IF_ABSENT);
      store.put(key, SECOND, Condition.ifUnchanged(stale));
      requireRefusal(store, key, Condition.ifUnchanged(stale));
    } finally {
      store.delete(key);
    }
  }

  private static void requireRefusal(ObjectStore store, String key, Condition condition) {
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
