package dev.kedge.store;

import java.io.IOException;
import java.io.OutputStream;

/** Whatever writes a blob's bytes, once through. */
@FunctionalInterface
public interface BlobWriter {
  /** Writes all of it; the stream is closed by the caller. */
  void writeTo(OutputStream out) throws IOException;
}
