package dev.kedge.tensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file's bytes, wherever they lie. Reading is safe from several threads. */
public interface FileBytes extends Closeable {
  /** Number of bytes. */
  long size() throws IOException;

  /**
   * Fills {@code into} from its position to its limit.
   *
   * @param from where the first byte lies in the file
   * @throws java.io.EOFException if the file ends before
   */
  void read(long from, ByteBuffer into) throws IOException;

  /** A part as a buffer, ready to be read; stays valid after {@link #close}. */
  default ByteBuffer part(long from, int length) throws IOException {
    ByteBuffer part = ByteBuffer.allocateDirect(length);
    read(from, part);
    return part.flip();
  }
}
