package dev.kedge.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One blob into one new file: ranges in parallel, hashed in order as they land. Memory is a small
 * buffer per range in flight, whatever the size of the blob.
 */
final class RangedDownload {
  private static final long RANGE_BYTES = 8L << 20;
  private static final int IN_FLIGHT = 4;
  private static final int BUFFER_BYTES = 128 << 10;

  private final ObjectStore objects;
  private final String key;
  private final Blob blob;
  private final FileChannel file;
  private final MessageDigest hash = Digest.algorithm();

  private RangedDownload(ObjectStore objects, String key, Blob blob, FileChannel file) {
    this.objects = objects;
    this.key = key;
    this.blob = blob;
    this.file = file;
  }

  /**
   * Downloads and verifies.
   *
   * @param target file to make; left in an unknown state if this throws
   */
  static void to(Path target, ObjectStore objects, String key, Blob blob) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      new RangedDownload(objects, key, blob, file).run();
    }
  }

  private void run() throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(IN_FLIGHT);
    try {
      transfer(pool);
    } finally {
      pool.shutdownNow();
    }
    blob.requireDigest(Digest.finish(hash), key);
  }

  private void transfer(ExecutorService pool) throws IOException {
    Deque<Future<Range>> inFlight = new ArrayDeque<>();
    for (long start = 0; start < blob.size(); start += RANGE_BYTES) {
      Range range = new Range(start, Math.min(RANGE_BYTES, blob.size() - start));
      inFlight.add(pool.submit(() -> fetch(range)));
      if (inFlight.size() == IN_FLIGHT) {
        hash(landed(inFlight.remove()));
      }
    }
    while (!inFlight.isEmpty()) {
      hash(landed(inFlight.remove()));
    }
  }

  private Range fetch(Range range) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = objects.open(key, range.start(), range.length())) {
      long done = 0;
      while (done < range.length()) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, range.length() - done));
        if (n < 0) {
          throw new StoreException.Corrupt(
              key + " ends at byte " + (range.start() + done) + " of " + blob.size());
        }
        write(ByteBuffer.wrap(buffer, 0, n), range.start() + done);
        done += n;
      }
    }
    return range;
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += file.write(bytes, at);
    }
  }

  private Range landed(Future<Range> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted while reading " + key, e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private RuntimeException failure(Throwable cause) {
    if (cause instanceof StoreException known) {
      return known;
    }
    return new StoreException.Unavailable("cannot read " + key + ": " + cause, cause);
  }

  private void hash(Range range) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long end = range.start() + range.length();
    for (long at = range.start(); at < end; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
      readFully(buffer, at);
      hash.update(buffer.flip());
    }
  }

  private void readFully(ByteBuffer buffer, long position) throws IOException {
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        throw new UncheckedIOException(new IOException("the file of " + key + " was cut short"));
      }
    }
  }

  private record Range(long start, long length) {}
}
