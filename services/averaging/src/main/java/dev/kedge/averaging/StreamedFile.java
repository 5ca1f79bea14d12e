package dev.kedge.averaging;

import dev.kedge.stage.StoredFiles;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.tensors.FileBytes;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * A stored file that is read in blocks and hashed on the way. Blocks are hashed in their order:
 * what was not read, or not in order, is read again when the file is checked.
 */
final class StreamedFile implements FileBytes {
  private final StoredFiles store;
  private final Blocks blocks;
  private final Blob blob;
  private final MessageDigest hash = Digest.algorithm();
  private long hashed;
  private boolean sound;

  StreamedFile(StoredFiles store, Blocks blocks, Blob blob) {
    this.store = store;
    this.blocks = blocks;
    this.blob = blob;
  }

  @Override
  public long size() {
    return blob.size();
  }

  @Override
  public void read(long from, ByteBuffer into) throws EOFException {
    if (from + into.remaining() > blob.size()) {
      throw new EOFException("it ends at byte " + blob.size());
    }
    long at = from;
    while (into.hasRemaining()) {
      byte[] block = blocks.get(blob, at / blocks.bytes());
      int offset = (int) (at % blocks.bytes());
      int count = Math.min(into.remaining(), block.length - offset);
      into.put(block, offset, count);
      at += count;
    }
    hashArrived();
  }

  /**
   * Checks the whole file, reading what was not hashed yet.
   *
   * @throws dev.kedge.store.StoreException.Corrupt if it is not what it should be
   */
  synchronized void requireSound() {
    if (sound) {
      return;
    }
    while (hashed < blocks.count(blob)) {
      hash.update(blocks.get(blob, hashed));
      hashed++;
    }
    store.requireSound(blob, Digest.finish(hash));
    sound = true;
  }

  private synchronized void hashArrived() {
    for (byte[] next = next(); next != null; next = next()) {
      hash.update(next);
      hashed++;
    }
  }

  private byte[] next() {
    return sound || hashed == blocks.count(blob) ? null : blocks.arrived(blob, hashed);
  }

  @Override
  public void close() {}
}
