package dev.kedge.store;

/** A small object as it was read: its bytes and the ETag that names this version of it. */
public final class StoredObject {
  private final byte[] bytes;
  private final String etag;

  /** Takes the bytes over. */
  public StoredObject(byte[] bytes, String etag) {
    this.bytes = bytes;
    this.etag = etag;
  }

  /** The content; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Version of the content, without quotes. */
  public String etag() {
    return etag;
  }
}
