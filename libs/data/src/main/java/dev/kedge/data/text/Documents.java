package dev.kedge.data.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.Quarantined;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;

/** Reads a file as one document: a record with the field {@code text}. */
final class Documents {
  private static final int LONGEST = 64 << 20;

  private Documents() {}

  static void read(String file, InputStream in, RecordSink sink) throws IOException {
    byte[] bytes = in.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      sink.broken(
          new Quarantined(
              file, "longer than %,d bytes, the most a document has: split it".formatted(LONGEST)));
      return;
    }
    try {
      document(file, Utf8.decode(bytes), sink);
    } catch (CharacterCodingException e) {
      sink.broken(new Quarantined(file, "not UTF-8"));
    }
  }

  private static void document(String file, String text, RecordSink sink) throws IOException {
    if (text.isBlank()) {
      sink.broken(new Quarantined(file, "empty"));
      return;
    }
    ObjectNode fields =
        JsonLines.JSON.createObjectNode().put("id", file).put(TextRecord.TEXT, text);
    sink.record(file, new TextRecord(file, fields), JsonLines.JSON.writeValueAsBytes(fields));
  }
}
