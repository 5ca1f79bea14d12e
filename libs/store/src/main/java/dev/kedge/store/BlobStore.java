package dev.kedge.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Immutable bytes under the name of their digest. What is there already, and was written of late,
 * is not sent again; what is read is checked, and an object that is spoilt is put aside, so that
 * whoever has the bytes can store them again. Memory stays bounded whatever the size. Local disk
 * trouble is thrown as {@link UncheckedIOException}.
 */
public final class BlobStore {
  /**
   * A blob that is younger will stay for as long again, whatever names it; a writer that meets an
   * older one writes it anew, since garbage collection may be about to remove it.
   */
  public static final Duration FRESH = Duration.ofHours(12);

  /** What is under way is no object yet, and is copied as soon as it is one. */
  private static final Duration LONGEST_COPY = Duration.ofDays(1);

  private static final int SWEPT_AT_ONCE = 100;

  private final ObjectStore objects;
  private final String prefix;
  private final InstantSource clock;

  /**
   * Blobs under a prefix.
   *
   * @param prefix ends with {@code /}
   */
  BlobStore(ObjectStore objects, String prefix) {
    this(objects, prefix, InstantSource.system());
  }

  BlobStore(ObjectStore objects, String prefix, InstantSource clock) {
    this.objects = objects;
    this.prefix = prefix;
    this.clock = clock;
  }

  /**
   * Stores a file, which must not change meanwhile.
   *
   * @throws StoreException.Corrupt if it did; nothing is stored then
   */
  public Blob put(Path file) {
    try {
      return upload(file, new Blob(Digest.of(file), Files.size(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Stores bytes in memory; for small things. */
  public Blob put(byte[] bytes) {
    Blob blob = new Blob(Digest.of(bytes), bytes.length);
    if (!stays(blob)) {
      objects.put(key(blob), bytes, Condition.ALWAYS);
    }
    return blob;
  }

  /**
   * Stores what a writer writes while it does. The name of a blob is only known once all of it is,
   * so it arrives under another, and the store copies it. What a killed process leaves of that lies
   * under {@code arriving/}, is named by nothing, and is removed by a later write, a day on.
   *
   * @param size exact number of bytes that will be written
   */
  public Blob write(long size, BlobWriter writer) {
    sweepArrivals();
    String arriving = arrivals() + UUID.randomUUID();
    try {
      Blob blob = new StreamingUpload(objects, arriving, size).of(writer);
      if (!stays(blob)) {
        objects.copy(arriving, key(blob));
      }
      return blob;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a pipe", e);
    } finally {
      objects.delete(arriving);
    }
  }

  private String arrivals() {
    return prefix + "arriving/";
  }

  private void sweepArrivals() {
    Instant oldest = clock.instant().minus(LONGEST_COPY);
    objects.list(arrivals(), "", SWEPT_AT_ONCE).stream()
        .filter(object -> object.written().isBefore(oldest))
        .forEach(object -> objects.delete(object.key()));
  }

  private Blob upload(Path file, Blob blob) throws IOException {
    if (!stays(blob)) {
      try (InputStream in =
          new ExpectedContent(Files.newInputStream(file), blob, file.toString())) {
        objects.put(key(blob), in, blob.size());
      }
    }
    return blob;
  }

  /** Whether the blob is there, and so young that a writer can rely on it. */
  private boolean stays(Blob blob) {
    Instant fresh = clock.instant().minus(FRESH);
    return objects
        .head(key(blob))
        .filter(found -> found.size() == blob.size() && found.written().isAfter(fresh))
        .isPresent();
  }

  /** Whether the store has an object of this name and size; its bytes are not read. */
  public boolean contains(Blob blob) {
    return objects.head(key(blob)).filter(found -> found.size() == blob.size()).isPresent();
  }

  /**
   * Reads a small blob into memory.
   *
   * @throws StoreException.Corrupt if the bytes are not the blob's
   * @throws StoreException.Lost if there is no such blob
   */
  public byte[] read(Blob blob) {
    try {
      byte[] bytes = objects.get(key(blob)).bytes();
      requireSound(blob, Digest.of(bytes));
      return bytes;
    } catch (StoreException.NotFound e) {
      throw new StoreException.Lost(e);
    }
  }

  /**
   * Opens a part of a blob. Whoever has read all of it checks it by {@link #requireSound}.
   *
   * @param offset first byte
   * @param length number of bytes, at least 1
   * @throws StoreException.Lost if there is no such blob
   */
  public InputStream open(Blob blob, long offset, long length) {
    try {
      return objects.open(key(blob), offset, length);
    } catch (StoreException.NotFound e) {
      throw new StoreException.Lost(e);
    }
  }

  /**
   * Compares a blob with what was read of it.
   *
   * @param read the digest of all bytes, in order
   * @throws StoreException.Corrupt if they are not the blob's
   */
  public void requireSound(Blob blob, Digest read) {
    try {
      blob.requireDigest(read, key(blob));
    } catch (StoreException.Corrupt e) {
      throw moveAside(blob, e);
    }
  }

  /**
   * Writes a blob into a new file.
   *
   * @throws StoreException.Corrupt if the bytes are not the blob's; there is no file then
   * @throws StoreException.Lost if there is no such blob
   */
  public void download(Blob blob, Path target) {
    try {
      downloadOrRemove(blob, target);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  private void downloadOrRemove(Blob blob, Path target) throws IOException {
    try {
      RangedDownload.to(target, objects, key(blob), blob);
    } catch (StoreException.Corrupt e) {
      Files.deleteIfExists(target);
      throw moveAside(blob, e);
    } catch (StoreException.NotFound e) {
      Files.deleteIfExists(target);
      throw new StoreException.Lost(e);
    } catch (StoreException e) {
      Files.deleteIfExists(target);
      throw e;
    }
  }

  /**
   * Moves a spoilt object out of the way: from now on its blob is not there. The bytes are read
   * once more while they are copied, and an object that is sound this time stays.
   */
  private StoreException.Corrupt moveAside(Blob blob, StoreException.Corrupt found) {
    long size = objects.head(key(blob)).map(ObjectInfo::size).orElse(0L);
    if (size == 0) {
      objects.delete(key(blob));
      return found;
    }
    String aside = asideKey(blob);
    MessageDigest hash = Digest.algorithm();
    try (InputStream in = new DigestInputStream(objects.open(key(blob), 0, size), hash)) {
      objects.put(aside, in, size);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + key(blob), e);
    }
    if (Digest.finish(hash).equals(blob.digest())) {
      objects.delete(aside);
      return found;
    }
    objects.delete(key(blob));
    return new StoreException.Corrupt(
        found.getMessage() + "; the object was put aside as " + aside, found);
  }

  /** Where a spoilt object of this name was moved to; empty if none was. */
  public Optional<String> putAside(Blob blob) {
    String aside = asideKey(blob);
    return objects.head(aside).map(found -> aside);
  }

  private String asideKey(Blob blob) {
    return prefix + "spoilt/" + blob.digest().hex();
  }

  /** Removes a blob that nothing names any more. */
  void delete(Blob blob) {
    objects.delete(key(blob));
  }

  private String key(Blob blob) {
    String hex = blob.digest().hex();
    return prefix + "sha256/" + hex.substring(0, 2) + "/" + hex;
  }
}
