package dev.kedge.gateway.system;

import dev.kedge.store.Condition;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Tries everything that Kedge asks of an object store on throw-away objects. */
final class StoreProbe {
  private static final byte[] BYTES = "a probe".getBytes(StandardCharsets.UTF_8);

  private final ObjectStore store;
  private final String folder = "probes/" + UUID.randomUUID() + "/";
  private final String key = folder + "one";
  private final String copy = folder + "two";

  private StoreProbe(ObjectStore store) {
    this.store = store;
  }

  /**
   * Writes, reads, lists, copies and deletes, and sees that conditional writes are honoured.
   *
   * @return by how much the store's clock is ahead of this machine's, to about a second
   * @throws StoreException that says what could not be done
   */
  static Duration run(ObjectStore store) {
    var probe = new StoreProbe(store);
    try {
      return probe.run();
    } finally {
      store.delete(probe.key);
      store.delete(probe.copy);
    }
  }

  private Duration run() {
    Instant before = Instant.now();
    String stale = store.put(key, BYTES, Condition.IF_ABSENT);
    Instant written = store.head(key).orElseThrow(this::lost).written();
    requireRefusal(Condition.IF_ABSENT);
    store.put(key, "another".getBytes(StandardCharsets.UTF_8), Condition.ifUnchanged(stale));
    requireRefusal(Condition.ifUnchanged(stale));
    store.get(key);
    store.copy(key, copy);
    if (store.list(folder, "", 10).size() != 2) {
      throw lost();
    }
    return Duration.between(before, written);
  }

  private void requireRefusal(Condition condition) {
    try {
      store.put(key, BYTES, condition);
    } catch (StoreException.ConditionFailed asItMust) {
      return;
    }
    throw new StoreException.Refused(
        "the store ignores %s on writes".formatted(condition.headers()), null);
  }

  private StoreException lost() {
    return new StoreException.Corrupt("the store does not show what was just written");
  }
}
