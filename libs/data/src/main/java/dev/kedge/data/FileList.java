package dev.kedge.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import dev.kedge.data.text.RecordSink;
import dev.kedge.data.text.TextRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * A list of {@code PATH LABEL} lines. Where the label is a number, the class is the folder that
 * holds the picture, and must be the same one for the same number.
 */
final class FileList {
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
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(tree.open(file), StandardCharsets.UTF_8))) {
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        list.read("%s:%d".formatted(file.path(), number++), line.strip());
      }
    } catch (ZipException e) {
      throw FileTree.damaged(file, e);
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
    sink.record(new TextRecord(place, fields), new byte[0]);
  }

  private static String className(String path, String label) {
    int end = path.lastIndexOf('/');
    boolean inFolder = end > 0 && label.matches("[0-9]+");
    return inFolder ? path.substring(path.lastIndexOf('/', end - 1) + 1, end) : label;
  }
}
