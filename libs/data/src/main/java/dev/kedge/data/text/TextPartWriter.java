package dev.kedge.data.text;

import dev.kedge.data.Digests;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a part's files. */
final class TextPartWriter implements Closeable {
  /** Bounds what an interruption costs where records are small. */
  private static final int MOST_ITEMS = 16_384;

  private final TextPartFiles files;
  private final long maxBytes;
  private final OutputStream content;
  private final OutputStream items;
  private final Map<List<String>, Integer> shapes = new LinkedHashMap<>();
  private int records;
  private int leftOut;
  private long bytes;

  TextPartWriter(Path folder, long maxBytes) throws IOException {
    this.files = new TextPartFiles(Files.createDirectories(folder));
    this.maxBytes = maxBytes;
    this.content = new BufferedOutputStream(Files.newOutputStream(files.records()), 1 << 16);
    this.items = new BufferedOutputStream(Files.newOutputStream(files.items()), 1 << 16);
  }

  boolean isFull() {
    return records + leftOut >= MOST_ITEMS || bytes >= maxBytes;
  }

  void keep(String place, TextRecord record, byte[] json) throws IOException {
    List<String> fields = new ArrayList<>();
    record.fields().fieldNames().forEachRemaining(fields::add);
    int shape = shapes.computeIfAbsent(fields, unused -> shapes.size());
    content.write(json);
    content.write('\n');
    String text = HexFormat.of().toHexDigits(RecordText.of(record, Set.of()).digest());
    line(TextItem.of(record.id(), place, Digests.hex(json), json.length, shape, text));
    bytes += json.length + 1;
    records++;
  }

  void leaveOut(String place, String reason) throws IOException {
    line(TextItem.leftOut(place, reason));
    leftOut++;
  }

  private void line(TextItem item) throws IOException {
    items.write(TextPartFiles.JSON.writeValueAsString(item).getBytes(StandardCharsets.UTF_8));
    items.write('\n');
  }

  /**
   * Completes the part.
   *
   * @param next where the next one begins; null after the last
   */
  void finish(TextPlace next) throws IOException {
    close();
    files.write(new TextPartFiles.Summary(records, leftOut, List.copyOf(shapes.keySet()), next));
  }

  @Override
  public void close() throws IOException {
    content.close();
    items.close();
  }
}
