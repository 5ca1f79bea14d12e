package dev.kedge.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * An object that is sent while it is made, and hashed on the way: the writer works in the caller's
 * thread, another sends what it has written, and only the system's pipe lies between them.
 */
final class StreamingUpload {
  private final ObjectStore objects;
  private final String key;
  private final long size;
  private final MessageDigest hash = Digest.algorithm();
  private final Pipe pipe;

  /** Set before the writer can notice that nobody reads any more. */
  private volatile RuntimeException refusal;

  /**
   * @param size exact number of bytes that will be written
   */
  StreamingUpload(ObjectStore objects, String key, long size) throws IOException {
    this.objects = objects;
    this.key = key;
    this.size = size;
    this.pipe = Pipe.open();
  }

  /**
   * Sends all that the writer writes.
   *
   * @throws StoreException if the store does not take it
   * @throws UncheckedIOException if the writer fails, or writes another number of bytes
   */
  Blob of(BlobWriter writer) {
    FutureTask<Void> sending = new FutureTask<>(this::send, null);
    Optional<RuntimeException> failure = write(writer, new Thread(sending, "streaming-upload"));
    await(sending);
    failure.or(() -> Optional.ofNullable(refusal)).ifPresent(StreamingUpload::raise);
    return new Blob(Digest.finish(hash), size);
  }

  /** What went wrong first: a writer that fails makes the sending fail, and the other way round. */
  private Optional<RuntimeException> write(BlobWriter writer, Thread sender) {
    sender.start();
    try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
      return written(writer, out);
    } catch (IOException e) {
      return Optional.of(new UncheckedIOException("cannot write " + key, e));
    }
  }

  private Optional<RuntimeException> written(BlobWriter writer, OutputStream out) {
    try {
      writer.writeTo(out);
      return Optional.empty();
    } catch (IOException e) {
      RuntimeException earlier = refusal;
      return Optional.of(
          earlier == null ? new UncheckedIOException("cannot write " + key, e) : earlier);
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private static void raise(RuntimeException failure) {
    throw failure;
  }

  private void send() {
    try (InputStream in = Channels.newInputStream(pipe.source())) {
      put(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the way to " + key, e);
    }
  }

  private void put(InputStream in) {
    try {
      objects.put(key, new DigestInputStream(in, hash), size);
    } catch (RuntimeException e) {
      refusal = e;
    }
  }

  private static void await(FutureTask<Void> sending) {
    try {
      sending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted while an object was sent", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
