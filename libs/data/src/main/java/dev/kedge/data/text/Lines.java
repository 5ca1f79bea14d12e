package dev.kedge.data.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a stream as bytes; of a line that is too long no more is kept than the limit. */
final class Lines {
  private final InputStream in;
  private final int most;
  private boolean atEnd;
  private boolean cut;

  Lines(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  /** The next line without its end; empty after the last. */
  Optional<byte[]> next() throws IOException {
    if (atEnd) {
      return Optional.empty();
    }
    var line = new ByteArrayOutputStream();
    cut = false;
    int read = in.read();
    for (; read >= 0 && read != '\n'; read = in.read()) {
      cut |= line.size() == most;
      if (!cut) {
        line.write(read);
      }
    }
    atEnd = read < 0;
    return atEnd && line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
  }

  /** Passes over lines. */
  void skip(int lines) throws IOException {
    for (int left = lines; left > 0 && !atEnd; ) {
      int read = in.read();
      left -= read == '\n' ? 1 : 0;
      atEnd = read < 0;
    }
  }

  /** Whether the last line was longer than the limit. */
  boolean wasCut() {
    return cut;
  }
}
