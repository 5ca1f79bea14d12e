package dev.kedge.process;

import dev.kedge.store.Condition;
import dev.kedge.store.FolderContents;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoredObject;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A store of which every request is measured: all of a process's requests go through it. */
final class MeteredStore implements ObjectStore {
  private final ObjectStore store;
  private final StoreMetrics metrics;

  MeteredStore(ObjectStore store, MeterRegistry registry) {
    this.store = store;
    this.metrics = new StoreMetrics(registry);
  }

  @Override
  public String put(String key, byte[] bytes, Condition condition) {
    String etag = metrics.timed("put", () -> store.put(key, bytes, condition));
    metrics.written(bytes.length);
    return etag;
  }

  @Override
  public void put(String key, InputStream content, long size) {
    metrics.timedWrite("upload", () -> store.put(key, content, size));
    metrics.written(size);
  }

  @Override
  public StoredObject get(String key) {
    StoredObject object = metrics.timed("get", () -> store.get(key));
    metrics.read(object.bytes().length);
    return object;
  }

  @Override
  public InputStream open(String key, long offset, long length) {
    InputStream content = metrics.timed("open", () -> store.open(key, offset, length));
    return new MeteredStream(content, metrics);
  }

  @Override
  public void copy(String from, String to) {
    metrics.timedWrite("copy", () -> store.copy(from, to));
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return metrics.timed("head", () -> store.head(key));
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    return metrics.timed("list", () -> store.list(prefix, after, limit));
  }

  @Override
  public FolderContents folder(String folder) {
    return metrics.timed("list", () -> store.folder(folder));
  }

  @Override
  public void delete(String key) {
    metrics.timedWrite("delete", () -> store.delete(key));
  }

  @Override
  public void close() {
    store.close();
  }
}
