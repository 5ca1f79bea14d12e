package dev.kedge.data.source;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * The bytes of a file in a zip, which must be as many as the zip tells and have its checksum; else
 * reading fails by a {@link ZipException}, at the latest at the end.
 */
final class VerifiedEntry extends FilterInputStream {
  private static final int SKIPPED_AT_ONCE = 1 << 13;

  private final ZipEntry entry;
  private final CRC32 checksum = new CRC32();
  private long bytes;

  VerifiedEntry(ZipEntry entry, InputStream in) {
    super(in);
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = inflated(buffer, offset, length);
    if (count >= 0) {
      checksum.update(buffer, offset, count);
      bytes += count;
    }
    if (bytes > entry.getSize() || (count < 0 && bytes < entry.getSize())) {
      throw new ZipException("not of the %,d bytes that it tells".formatted(entry.getSize()));
    }
    if (count < 0 && checksum.getValue() != entry.getCrc()) {
      throw new ZipException("not of the checksum that it tells");
    }
    return count;
  }

  private int inflated(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (EOFException e) {
      throw (ZipException) new ZipException("it ends early").initCause(e);
    }
  }

  /** Reads what it skips: it belongs to the checksum. */
  @Override
  public long skip(long count) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(count, SKIPPED_AT_ONCE)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
