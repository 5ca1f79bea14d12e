package dev.kedge.gateway.system;

import dev.kedge.store.Condition;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Tries everything that Kedge asks of an object store on throw-away objects. */
final class StoreProbe implements AutoCloseable {
  private static final byte[] BYTES = "a probe".getBytes(StandardCharsets.UTF_8);

  private final ObjectStore store;
  private final String folder = "probes/" + UUID.randomUUID() + "/";
  private final String key = folder + "one";
  private final String copy = folder + "two";

  private StoreProbe(ObjectStore store) {
    this.store = store;
  }

  /**
   * Writes, reads, lists, copies and deletes.
   *
   * @return by how much the store's clock is ahead of this machine's, to about a second
   * @throws StoreException that says what could not be done
   */
  static Duration run(ObjectStore store) {
    try (var probe = new StoreProbe(store)) {
      return probe.run();
    }
  }

  private Duration run() {
    Instant before = Instant.now();
    store.put(key, BYTES, Condition.ALWAYS);
    Instant written = store.head(key).orElseThrow(this::lost).written();
    store.get(key);
    store.copy(key, copy);
    if (store.list(folder, "", 10).size() != 2) {
      throw lost();
    }
    return Duration.between(before, written);
  }

  /** What is thrown here is told where nothing else was, and beside it otherwise. */
  @Override
  public void close() {
    try {
      store.delete(key);
    } finally {
      store.delete(copy);
    }
  }

  private StoreException lost() {
    return new StoreException.Corrupt("the store does not show what was just written");
  }
}
