package dev.kedge.data.text;

import dev.kedge.data.Quarantined;
import java.io.IOException;

/** Takes what a source holds, one after the other. */
public interface RecordSink {
  /**
   * A sound record.
   *
   * @param json the record as one line of JSON
   */
  void record(TextRecord record, byte[] json) throws IOException;

  /** Something that is no record, where it lies and why. */
  void broken(Quarantined place) throws IOException;
}
