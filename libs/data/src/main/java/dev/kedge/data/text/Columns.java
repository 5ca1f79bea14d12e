package dev.kedge.data.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.Quarantined;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the columns of a source are called in the prepared data.
 *
 * @param sources wanted name to the source's name; columns that are not in it keep theirs
 */
public record Columns(Map<String, String> sources) {
  /** All keep their names. */
  public static final Columns AS_THEY_ARE = new Columns(Map.of());

  public Columns {
    sources = Map.copyOf(sources);
  }

  /** A sink that passes records on under the wanted names; one that lacks a column is broken. */
  public RecordSink renaming(RecordSink next) {
    return sources.isEmpty() ? next : new Renaming(next, new TreeMap<>(sources));
  }

  private record Renaming(RecordSink next, TreeMap<String, String> sources) implements RecordSink {
    @Override
    public void record(String place, TextRecord record, byte[] json) throws IOException {
      ObjectNode fields = JsonLines.JSON.createObjectNode().setAll(record.fields());
      for (String source : sources.values()) {
        if (!record.fields().has(source)) {
          broken(new Quarantined(place, "has no column `%s`".formatted(source)));
          return;
        }
        fields.remove(source);
      }
      sources.forEach((wanted, source) -> fields.set(wanted, record.fields().get(source)));
      String id = JsonLines.id(fields, record.id());
      next.record(place, new TextRecord(id, fields), JsonLines.JSON.writeValueAsBytes(fields));
    }

    @Override
    public void at(int number) throws IOException {
      next.at(number);
    }

    @Override
    public void broken(Quarantined place) throws IOException {
      next.broken(place);
    }
  }
}
