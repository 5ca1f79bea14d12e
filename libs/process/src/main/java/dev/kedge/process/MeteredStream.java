package dev.kedge.process;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read of an object, and whether the connection breaks under it. */
final class MeteredStream extends FilterInputStream {
  private final StoreMetrics metrics;
  private final long start = System.nanoTime();

  MeteredStream(InputStream content, StoreMetrics metrics) {
    super(content);
    this.metrics = metrics;
  }

  @Override
  public int read() throws IOException {
    int next = watched(in::read);
    metrics.read(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = watched(() -> in.read(into, offset, length));
    metrics.read(Math.max(count, 0));
    return count;
  }

  private interface Read {
    int next() throws IOException;
  }

  private int watched(Read read) throws IOException {
    try {
      return read.next();
    } catch (IOException broken) {
      metrics.cutOff("open", start);
      throw broken;
    }
  }
}
