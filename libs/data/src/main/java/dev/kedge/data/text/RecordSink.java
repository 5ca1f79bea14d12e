package dev.kedge.data.text;

import dev.kedge.data.Quarantined;
import java.io.IOException;

/** Takes what a source holds, one after the other. */
public interface RecordSink {
  /**
   * Told before what lies there: reading can begin again at this line or row.
   *
   * @param number counted from 1, in the file that is read
   */
  default void at(int number) throws IOException {}

  /**
   * A sound record.
   *
   * @param place its file and line, or row; of a document its file
   * @param json the record as one line of JSON
   */
  void record(String place, TextRecord record, byte[] json) throws IOException;

  /** Something that is no record, where it lies and why. */
  void broken(Quarantined place) throws IOException;
}
