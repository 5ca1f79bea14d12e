package dev.kedge.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A store with one fault at a time. */
final class UnreliableStore implements ObjectStore {
  /** What goes wrong. */
  enum Fault {
    /** Nothing. */
    NONE,
    /** No request gets through. */
    UNREACHABLE,
    /** One write gets through, its answer does not, and the client's second try loses to it. */
    ANSWER_LOST,
    /** Writes happen whatever their condition. */
    CONDITIONS_IGNORED
  }

  private final ObjectStore store;
  private Fault fault = Fault.NONE;

  UnreliableStore(ObjectStore store) {
    this.store = store;
  }

  void now(Fault next) {
    fault = next;
  }

  private ObjectStore reached() {
    if (fault == Fault.UNREACHABLE) {
      throw new StoreException.Unavailable("the cable is cut", null);
    }
    return store;
  }

  @Override
  public String put(String key, byte[] bytes, Condition condition) {
    String etag =
        reached().put(key, bytes, fault == Fault.CONDITIONS_IGNORED ? Condition.ALWAYS : condition);
    if (fault == Fault.ANSWER_LOST) {
      fault = Fault.NONE;
      return put(key, bytes, condition);
    }
    return etag;
  }

  @Override
  public void put(String key, InputStream content, long size) {
    reached().put(key, content, size);
  }

  @Override
  public FolderContents folder(String folder) {
    return reached().folder(folder);
  }

  @Override
  public StoredObject get(String key) {
    return reached().get(key);
  }

  @Override
  public InputStream open(String key, long offset, long length) {
    return reached().open(key, offset, length);
  }

  @Override
  public void copy(String from, String to) {
    reached().copy(from, to);
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return reached().head(key);
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    return reached().list(prefix, after, limit);
  }

  @Override
  public void delete(String key) {
    reached().delete(key);
  }

  @Override
  public void close() {}
}
