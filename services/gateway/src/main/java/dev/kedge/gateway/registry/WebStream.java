package dev.kedge.gateway.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * What a server sends, as long as enough of it comes. Only the time in which it is waited for
 * counts: that the store is slow is no fault of the server.
 */
final class WebStream extends FilterInputStream {
  private final FetchBudget budget;
  private final long leastBytes;
  private final Duration window;
  private long waited;
  private long bytes;

  /**
   * Of a response's body.
   *
   * @param slowest bytes a second
   * @param window how much waiting is averaged
   */
  WebStream(InputStream body, FetchBudget budget, long slowest, Duration window) {
    super(body);
    this.budget = budget;
    this.leastBytes = slowest * window.toMillis() / 1000;
    this.window = window;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    budget.requireTime();
    long begin = System.nanoTime();
    int count = in.read(buffer, offset, length);
    waited += System.nanoTime() - begin;
    bytes += Math.max(0, count);
    if (waited >= window.toNanos()) {
      if (count >= 0 && bytes < leastBytes) {
        throw new IOException(
            "its server sends too slowly, %,d bytes in %,d ms where %,d are the least: try again later"
                .formatted(bytes, Duration.ofNanos(waited).toMillis(), leastBytes));
      }
      waited = 0;
      bytes = 0;
    }
    return count;
  }
}
