package dev.kedge.data.overlap;

import dev.kedge.data.text.PreparedText;
import dev.kedge.data.text.RecordText;
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
    return RecordText.of(data.record(sample), fields);
  }
}
