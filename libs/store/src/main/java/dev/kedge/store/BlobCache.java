package dev.kedge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A node's own copies of blobs: least recently used go first when the limit is passed. Every copy
 * is hashed when it arrives, again at its first use by this process, and whenever its file has been
 * written to since; a spoilt one is fetched anew. Users get hard links, so that throwing a copy out
 * never takes a file from anybody's hands.
 */
public final class BlobCache {
  private static final int STRIPES = 64;

  private final Path blobs;
  private final Path scratch;
  private final long limitBytes;
  private final Object[] fetching = Stream.generate(Object::new).limit(STRIPES).toArray();

  /** Sizes by digest, least recently used first; guarded by this. */
  private final Map<Digest, Long> held = new LinkedHashMap<>(16, 0.75f, true);

  /** When the copies that this process has hashed were last written to; guarded by this. */
  private final Map<Digest, FileTime> verified = new HashMap<>();

  private long heldBytes;

  /**
   * Opens the cache in a folder and takes over what is in it.
   *
   * @param directory made if missing
   * @param limitBytes copies beyond this sum are thrown out; the newest always stays
   */
  public BlobCache(Path directory, long limitBytes) {
    if (limitBytes <= 0) {
      throw new IllegalArgumentException("cache limit is " + limitBytes + ": give it some bytes");
    }
    this.limitBytes = limitBytes;
    try {
      this.blobs = Files.createDirectories(directory.resolve("blobs")).toRealPath();
      this.scratch = Scratch.under(directory.resolve("scratch"));
      takeOver();
    } catch (IOException e) {
      throw new UncheckedIOException("no blob cache can be kept in " + directory, e);
    }
  }

  private void takeOver() throws IOException {
    try (Stream<Path> files = Files.list(blobs)) {
      List<Path> oldestFirst = files.sorted(Comparator.comparing(BlobCache::lastUse)).toList();
      for (Path file : oldestFirst) {
        hold(new Digest(file.getFileName().toString()), Files.size(file));
      }
    }
  }

  private static FileTime lastUse(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is a copy, sound or not. */
  synchronized boolean has(Blob blob) {
    return held.containsKey(blob.digest());
  }

  /** Folder on the cache's file system for files on their way. */
  Path scratch() {
    return scratch;
  }

  /**
   * Puts a verified, read-only copy of a blob at a path of the cache's file system.
   *
   * @param target file to make
   * @throws StoreException.Corrupt if the store's bytes are not the blob's
   * @throws StoreException.NotFound if the store does not have it
   */
  void link(Blob blob, BlobStore source, Path target) throws IOException {
    synchronized (fetching[Math.floorMod(blob.digest().hashCode(), STRIPES)]) {
      if (!isSound(blob) || !linkHeld(blob, target)) {
        fetch(blob, source, target);
      }
    }
  }

  /** Whether a copy is there and is what it should be, for all this process knows. */
  private boolean isSound(Blob blob) throws IOException {
    Path copy = copyOf(blob.digest());
    synchronized (this) {
      if (!held.containsKey(blob.digest())) {
        return false;
      }
    }
    try {
      if (isUntouched(blob.digest(), copy)) {
        return true;
      }
      return verify(blob, Files.getLastModifiedTime(copy), Digest.of(copy));
    } catch (NoSuchFileException thrownOutMeanwhile) {
      return false;
    }
  }

  private synchronized boolean isUntouched(Digest digest, Path copy) throws IOException {
    return Files.getLastModifiedTime(copy).equals(verified.get(digest));
  }

  /**
   * Takes the time of the last write before the bytes are read: a write meanwhile is seen later.
   */
  private synchronized boolean verify(Blob blob, FileTime written, Digest actual)
      throws IOException {
    boolean sound = actual.equals(blob.digest());
    if (sound) {
      verified.put(actual, written);
    } else {
      throwOut(blob.digest());
    }
    return sound;
  }

  private synchronized boolean linkHeld(Blob blob, Path target) throws IOException {
    if (held.get(blob.digest()) == null) {
      return false;
    }
    Path copy = copyOf(blob.digest());
    Files.createLink(target, copy);
    Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
    verified.put(blob.digest(), Files.getLastModifiedTime(copy));
    return true;
  }

  private void fetch(Blob blob, BlobStore source, Path target) throws IOException {
    Path arriving = scratch.resolve(UUID.randomUUID() + ".part");
    source.download(blob, arriving);
    protect(arriving);
    Files.createLink(target, arriving);
    admit(blob, arriving);
  }

  private static void protect(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    }
  }

  private synchronized void admit(Blob blob, Path arriving) throws IOException {
    Files.move(arriving, copyOf(blob.digest()), StandardCopyOption.ATOMIC_MOVE);
    verified.put(blob.digest(), Files.getLastModifiedTime(copyOf(blob.digest())));
    hold(blob.digest(), blob.size());
  }

  private synchronized void hold(Digest digest, long size) throws IOException {
    if (held.put(digest, size) == null) {
      heldBytes += size;
    }
    while (heldBytes > limitBytes && held.size() > 1) {
      Iterator<Digest> leastRecentlyUsed = held.keySet().iterator();
      throwOut(leastRecentlyUsed.next());
    }
  }

  private synchronized void throwOut(Digest digest) throws IOException {
    Long size = held.remove(digest);
    heldBytes -= size == null ? 0 : size;
    verified.remove(digest);
    Files.deleteIfExists(copyOf(digest));
  }

  private Path copyOf(Digest digest) {
    return blobs.resolve(digest.hex());
  }
}
