package dev.kedge.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/**
 * The few things Kedge asks of an object store. Keys are {@code /}-separated paths; listing is in
 * the order of the keys' UTF-8 bytes. Every method throws {@link StoreException} and nothing else.
 */
public interface ObjectStore extends AutoCloseable {
  /** Largest object that {@link #get} reads, in bytes. */
  int MAX_DOCUMENT_BYTES = 32 << 20;

  /**
   * Connects, makes the bucket if there is none, and refuses a store that ignores conditional
   * writes.
   *
   * @throws StoreException.Refused if the keys are wrong or the store cannot keep Kedge's promises
   * @throws StoreException.Unavailable if the store cannot be reached
   */
  static ObjectStore open(S3Settings settings) {
    return ConditionalWriteProbe.tried(S3ObjectStore.connect(settings, Optional.empty()));
  }

  /**
   * As above, over TLS, with a store whose certificate nobody has signed whom the JDK knows.
   *
   * @param authority who is believed in place of those
   */
  static ObjectStore open(S3Settings settings, X509TrustManager authority) {
    return ConditionalWriteProbe.tried(S3ObjectStore.connect(settings, Optional.of(authority)));
  }

  /**
   * Writes a small object in one request.
   *
   * @return the new ETag
   * @throws StoreException.ConditionFailed if the condition does not hold
   */
  String put(String key, byte[] bytes, Condition condition);

  /**
   * Writes an object of any size, in parts where it is large; the object appears only once all of
   * it has arrived. A {@link StoreException} thrown by the stream gives the write up and is passed
   * on.
   *
   * @param size exact number of bytes in the stream
   */
  void put(String key, InputStream content, long size);

  /**
   * Reads a small object whole.
   *
   * @throws StoreException.NotFound if there is none
   * @throws StoreException.Corrupt if it is larger than {@link #MAX_DOCUMENT_BYTES}
   */
  StoredObject get(String key);

  /**
   * Opens part of an object.
   *
   * @param offset first byte
   * @param length number of bytes, at least 1
   * @throws StoreException.NotFound if there is no such object
   */
  InputStream open(String key, long offset, long length);

  /**
   * Copies an object within the store.
   *
   * @throws StoreException.NotFound if there is nothing to copy
   */
  void copy(String from, String to);

  /** Looks whether an object is there. */
  Optional<ObjectInfo> head(String key);

  /**
   * Lists objects whose key starts with a prefix.
   *
   * @param after only keys greater than this one; empty for all
   * @param limit at most so many
   */
  List<ObjectInfo> list(String prefix, String after, int limit);

  /**
   * Lists what lies directly in a folder.
   *
   * @param folder a prefix that ends with {@code /}
   */
  FolderContents folder(String folder);

  /** Deletes an object; one that is not there is fine. */
  void delete(String key);

  @Override
  void close();
}
