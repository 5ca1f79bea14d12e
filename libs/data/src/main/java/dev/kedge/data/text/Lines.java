package dev.kedge.data.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a stream as bytes; of a line that is too long no more is kept than the limit. */
public final class Lines {
  private final InputStream in;
  private final int most;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;
  private long before;
  private boolean cut;

  /**
   * Reads from a stream, which the caller closes.
   *
   * @param most how many bytes of a line are kept
   */
  public Lines(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  /**
   * The numbers of the first lines that begin after so many bytes, counted from 1.
   *
   * @param bytes ascending
   */
  static List<Integer> numbersAt(InputStream in, List<Long> bytes) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    byte[] buffer = new byte[1 << 16];
    int number = 1;
    boolean atLine = true;
    long position = 0;
    for (long end : bytes) {
      for (int read = 1; position < end && read > 0; position += read) {
        read = in.readNBytes(buffer, 0, (int) Math.min(end - position, buffer.length));
        for (int i = 0; i < read; i++) {
          atLine = buffer[i] == '\n';
          number += atLine ? 1 : 0;
        }
      }
      numbers.add(atLine ? number : number + 1);
    }
    return numbers;
  }

  /** The next line without its end; empty after the last. */
  public Optional<byte[]> next() throws IOException {
    var line = new ByteArrayOutputStream();
    cut = false;
    while (fill()) {
      int stop = endOfLine();
      int kept = Math.min(stop - next, most - line.size());
      cut |= kept < stop - next;
      line.write(buffer, next, kept);
      next = stop;
      if (stop < end) {
        next++;
        return Optional.of(line.toByteArray());
      }
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
  }

  /** Passes over lines. */
  void skip(int lines) throws IOException {
    for (int left = lines; left > 0 && fill(); ) {
      int stop = endOfLine();
      left -= stop < end ? 1 : 0;
      next = Math.min(stop + 1, end);
    }
  }

  /** Whether there are more bytes. */
  private boolean fill() throws IOException {
    if (next == end) {
      before += end;
      next = 0;
      end = Math.max(0, in.read(buffer));
    }
    return next < end;
  }

  /** Where the line ends in the buffer, or the buffer itself. */
  private int endOfLine() {
    int at = next;
    while (at < end && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  /** How many bytes were read: where the next line begins. */
  long position() {
    return before + next;
  }

  /** Whether the last line was longer than the limit. */
  public boolean wasCut() {
    return cut;
  }
}
