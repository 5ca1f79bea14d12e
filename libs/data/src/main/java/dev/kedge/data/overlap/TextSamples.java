package dev.kedge.data.overlap;

import dev.kedge.data.text.PreparedText;
import dev.kedge.data.text.RecordText;
import java.util.HashSet;
import java.util.Set;

/**
 * Prepared records or documents.
 *
 * @param fields what is read of each; all but its id where empty
 */
public record TextSamples(PreparedText data, Set<String> fields) implements Samples {
  public TextSamples {
    fields = Set.copyOf(fields);
  }

  /** The names of what is read. */
  Set<String> names() {
    if (!fields.isEmpty()) {
      return fields;
    }
    Set<String> all = new HashSet<>(data.manifest().fields());
    all.remove("id");
    return all;
  }

  @Override
  public int size() {
    return data.size();
  }

  @Override
  public String id(int sample) {
    return data.id(sample);
  }

  /** The words and signs of a sample. */
  RecordText text(int sample) {
    return text(sample, fields);
  }

  /** The words and signs of some fields of a sample. */
  RecordText text(int sample, Set<String> some) {
    return RecordText.of(data.record(sample), some);
  }
}
