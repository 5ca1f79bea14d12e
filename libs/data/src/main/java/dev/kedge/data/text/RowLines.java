package dev.kedge.data.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Joins lines to rows: a row goes on while the quotes in it do not match up. */
final class RowLines {
  /** The most bytes that a row has. */
  static final int LONGEST = 16 << 20;

  /** More lines than this are an unclosed quote. */
  private static final int MOST_LINES = 1000;

  private final Lines lines;
  private final Deque<Line> waiting = new ArrayDeque<>();
  private List<Line> row = List.of();
  private int read;

  RowLines(InputStream in) {
    this.lines = new Lines(in, LONGEST);
  }

  private record Line(int number, long start, Row content, boolean oddQuotes) {}

  /** The bytes of a row as lines. */
  record Row(List<byte[]> lines, boolean isTooLong) {
    boolean isBlank() {
      byte[] first = lines.get(0);
      return lines.size() == 1 && (first.length == 0 || (first.length == 1 && first[0] == '\r'));
    }

    String text() throws CharacterCodingException {
      StringBuilder text = new StringBuilder();
      for (byte[] line : lines) {
        text.append(text.isEmpty() ? "" : "\n").append(Utf8.decode(line));
      }
      return text.toString();
    }
  }

  /** The next row; empty after the last. */
  Optional<Row> next() throws IOException {
    row = new ArrayList<>();
    boolean open = false;
    boolean tooLong = false;
    int length = 0;
    List<byte[]> bytes = new ArrayList<>();
    do {
      Optional<Line> line = line();
      if (line.isEmpty()) {
        break;
      }
      row.add(line.get());
      bytes.addAll(line.get().content().lines());
      length += line.get().content().lines().get(0).length;
      tooLong |= line.get().content().isTooLong() || length > LONGEST;
      open ^= line.get().oddQuotes();
    } while (open && !tooLong && row.size() < MOST_LINES);
    return row.isEmpty() ? Optional.empty() : Optional.of(new Row(bytes, tooLong));
  }

  /** Passes over lines, up to the one with this number; none where it was read. */
  void skipTo(int number) throws IOException {
    int between = Math.max(0, number - 1 - read);
    lines.skip(between);
    read += between;
  }

  /** Where the last row begins, counted from 1. */
  int number() {
    return row.get(0).number();
  }

  /** How many bytes lie before the last row. */
  long start() {
    return row.get(0).start();
  }

  /** The number of the line that is read next, where none was given back. */
  int nextNumber() {
    return read + 1;
  }

  /** Takes back all lines of the last row but its first: they are read again. */
  void giveBack() {
    for (int i = row.size() - 1; i > 0; i--) {
      waiting.addFirst(row.get(i));
    }
  }

  private Optional<Line> line() throws IOException {
    if (!waiting.isEmpty()) {
      return Optional.of(waiting.removeFirst());
    }
    long start = lines.position();
    Optional<byte[]> bytes = lines.next();
    read += bytes.isPresent() ? 1 : 0;
    return bytes.map(
        line -> new Line(read, start, new Row(List.of(line), lines.wasCut()), hasOddQuotes(line)));
  }

  private static boolean hasOddQuotes(byte[] line) {
    boolean odd = false;
    for (byte each : line) {
      odd ^= each == '"';
    }
    return odd;
  }
}
