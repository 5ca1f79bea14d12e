package dev.kedge.store;

import java.util.Objects;

/**
 * Immutable bytes, named by what they are.
 *
 * @param digest of the bytes
 * @param size number of bytes
 */
public record Blob(Digest digest, long size) {
  /** Refuses a negative size. */
  public Blob {
    Objects.requireNonNull(digest, "digest");
    if (size < 0) {
      throw new IllegalArgumentException("blob " + digest + " cannot have " + size + " bytes");
    }
  }

  /**
   * Compares with what was found.
   *
   * @param origin where it was found, named in the error
   * @throws StoreException.Corrupt if it is something else
   */
  void requireDigest(Digest actual, String origin) {
    if (!actual.equals(digest)) {
      throw new StoreException.Corrupt(origin + " should be " + digest + " but is " + actual);
    }
  }
}
