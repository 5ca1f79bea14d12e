package dev.kedge.store;

/** A record as read: its bytes, and the version that a replacement has to name. */
public final class VersionedRecord {
  private final String path;
  private final byte[] bytes;
  private final String version;

  VersionedRecord(String path, byte[] bytes, String version) {
    this.path = path;
    this.bytes = bytes;
    this.version = version;
  }

  /** Where it lies in the project, such as {@code experiments/01jd…}. */
  public String path() {
    return path;
  }

  /** The content; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Names this content among all that the record ever had. */
  public String version() {
    return version;
  }
}
