package dev.kedge.stage;

import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A stored file from its first byte to its last, in blocks; whoever reads to the end has read what
 * it should be. Of the file no more than a block is in memory.
 */
public final class StoredStream extends InputStream {
  private static final int BLOCK = 1 << 20;

  private final StoredFiles files;
  private final Blob blob;
  private final int blockBytes;
  private final MessageDigest hash = Digest.algorithm();
  private byte[] block = new byte[0];
  private int at;
  private long fetched;

  StoredStream(StoredFiles files, Blob blob) {
    this(files, blob, BLOCK);
  }

  StoredStream(StoredFiles files, Blob blob, int blockBytes) {
    this.files = files;
    this.blob = blob;
    this.blockBytes = blockBytes;
  }

  @Override
  public int read() {
    return fetch() ? block[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fetch()) {
      return -1;
    }
    int count = Math.min(length, block.length - at);
    System.arraycopy(block, at, into, offset, count);
    at += count;
    return count;
  }

  /**
   * Reads what is left, and so checks the file.
   *
   * @throws dev.kedge.store.StoreException.Corrupt if it is not what it should be
   */
  public void requireSound() {
    while (fetch()) {
      at = block.length;
    }
  }

  /** Whether there is a next byte; the last block is given out once the whole file is checked. */
  private boolean fetch() {
    if (at < block.length) {
      return true;
    }
    if (fetched == blob.size()) {
      return false;
    }
    block = new byte[(int) Math.min(blockBytes, blob.size() - fetched)];
    at = 0;
    files.read(blob, fetched, block);
    hash.update(block);
    fetched += block.length;
    if (fetched == blob.size()) {
      files.requireSound(blob, Digest.finish(hash));
    }
    return true;
  }
}
