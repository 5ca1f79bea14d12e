package dev.kedge.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Passes a blob's bytes on and throws {@link StoreException.Corrupt} together with the last of them
 * if they are not the promised ones; so a write that reads from here is given up before it counts.
 */
final class ExpectedContent extends InputStream {
  private final InputStream in;
  private final Blob expected;
  private final String origin;
  private final MessageDigest hash = Digest.algorithm();
  private long count;
  private boolean verified;

  /** Expects {@code expected}; {@code origin} is named in the error. */
  ExpectedContent(InputStream in, Blob expected, String origin) {
    this.in = in;
    this.expected = expected;
    this.origin = origin;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    if (n > 0) {
      hash.update(buffer, offset, n);
      count += n;
    }
    if (n < 0 || count >= expected.size()) {
      verify();
    }
    return n;
  }

  private void verify() {
    if (count != expected.size()) {
      throw new StoreException.Corrupt(
          origin + " should have " + expected.size() + " bytes but has " + count);
    }
    if (!verified) {
      expected.requireDigest(Digest.finish(hash), origin);
      verified = true;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
