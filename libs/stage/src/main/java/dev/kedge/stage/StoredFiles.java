package dev.kedge.stage;

import dev.kedge.store.Blob;
import dev.kedge.store.BlobWriter;
import dev.kedge.store.Digest;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The project's files, read and written where they are stored: nothing of them is laid out on this
 * machine's disk. Every method waits for a store that is out of reach. Safe for use by several
 * threads.
 */
public interface StoredFiles {
  /**
   * The files of an artifact.
   *
   * @param artifact a digest, {@code sha256:…}
   * @throws StageException blaming the user if it is not complete
   */
  SortedMap<String, Blob> of(String artifact);

  /**
   * One file of an artifact in memory, checked: for a small one that lies beside large ones.
   *
   * @param artifact a digest, {@code sha256:…}
   * @return empty if the artifact has no file of that name
   * @throws StageException blaming the user if the artifact is not complete
   */
  default Optional<byte[]> file(String artifact, String name) {
    return Optional.ofNullable(of(artifact).get(name)).map(this::whole);
  }

  /** A file as a stream: for a large one of which little is kept. */
  default StoredStream open(Blob file) {
    return new StoredStream(this, file);
  }

  private byte[] whole(Blob blob) {
    byte[] bytes = new byte[Math.toIntExact(blob.size())];
    read(blob, 0, bytes);
    requireSound(blob, Digest.of(bytes));
    return bytes;
  }

  /**
   * Fills an array with a part of a blob. What is read so is not checked: see {@link
   * #requireSound}.
   *
   * @param from where the first byte lies in the blob, which has all that are asked for
   */
  void read(Blob blob, long from, byte[] into);

  /**
   * Compares a blob with what was read of it.
   *
   * @param read the digest of all bytes, in order
   * @throws dev.kedge.store.StoreException.Corrupt if they are not the blob's
   */
  void requireSound(Blob blob, Digest read);

  /**
   * Stores a file while it is made.
   *
   * @param size exact number of bytes that will be written
   * @param writer called again where the store was lost meanwhile
   */
  Blob write(long size, BlobWriter writer);

  /** As {@link StageContext#part}, where it is stored. */
  Optional<SortedMap<String, Blob>> part(String partKey);
}
