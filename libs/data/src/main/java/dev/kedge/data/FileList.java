package dev.kedge.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import dev.kedge.data.text.Lines;
import dev.kedge.data.text.RecordSink;
import dev.kedge.data.text.TextRecord;
import dev.kedge.data.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * A list of {@code PATH LABEL} lines. Where the label is a number, the class is the folder that
 * holds the picture, and must be the same one for the same number.
 */
final class FileList {
  /** More is no path and label. */
  private static final int LONGEST_LINE = 1 << 16;

  private final Map<String, String> folders = new HashMap<>();
  private final RecordSink sink;

  private FileList(RecordSink sink) {
    this.sink = sink;
  }

  static boolean isNamed(TreeFile file) {
    return file.path().endsWith(".txt");
  }

  static void read(FileTree tree, TreeFile file, RecordSink sink) throws IOException {
    FileList list = new FileList(sink);
    try (InputStream in = tree.open(file)) {
      Lines lines = new Lines(in, LONGEST_LINE);
      int number = 1;
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        String place = "%s:%d".formatted(file.path(), number++);
        if (lines.wasCut()) {
          sink.broken(new Quarantined(place, "longer than %,d bytes".formatted(LONGEST_LINE)));
        } else {
          list.read(place, line.get());
        }
      }
    } catch (ZipException e) {
      throw FileTree.damaged(file, e);
    }
  }

  private void read(String place, byte[] line) throws IOException {
    try {
      read(place, Utf8.decode(line).strip());
    } catch (CharacterCodingException e) {
      sink.broken(new Quarantined(place, "not UTF-8"));
    }
  }

  private void read(String place, String line) throws IOException {
    if (line.isEmpty()) {
      return;
    }
    int blank = line.lastIndexOf(' ');
    if (blank < 0) {
      sink.broken(new Quarantined(place, "not PATH LABEL"));
      return;
    }
    String path = line.substring(0, blank).strip();
    String label = line.substring(blank + 1);
    String name = className(path, label);
    if (!folders.computeIfAbsent(label, first -> name).equals(name)) {
      sink.broken(
          new Quarantined(
              place, "label %s is both '%s' and '%s'".formatted(label, folders.get(label), name)));
      return;
    }
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    fields.put(ImageTable.FILE, path).put(ImageTable.CLASS, name);
    sink.record(place, new TextRecord(place, fields), new byte[0]);
  }

  private static String className(String path, String label) {
    int end = path.lastIndexOf('/');
    boolean inFolder = end > 0 && label.matches("[0-9]+");
    return inFolder ? path.substring(path.lastIndexOf('/', end - 1) + 1, end) : label;
  }
}
