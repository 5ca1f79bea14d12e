package dev.kedge.data.text;

import dev.kedge.data.Quarantined;
import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import java.io.IOException;
import java.util.List;

/**
 * What a source of text holds, from one look at all of it; nothing is written.
 *
 * @param records sound and broken ones
 * @param fields what every sound one has, sorted
 */
public record TextSummary(long records, List<String> fields) {
  public TextSummary {
    fields = List.copyOf(fields);
  }

  /**
   * Looks through a source.
   *
   * @throws UnusableDatasetException if it has no sound record; the message names the first thing
   *     found wrong
   */
  public static TextSummary of(FileTree source, TextFormat format, Columns columns)
      throws IOException {
    Look look = new Look();
    format.read(source, columns, look);
    if (look.sound == 0) {
      throw new UnusableDatasetException("no record can be read: " + look.first);
    }
    return new TextSummary(look.sound + look.broken, look.fields.sorted());
  }

  private static final class Look implements RecordSink {
    private final CommonFields fields = new CommonFields();
    private long sound;
    private long broken;
    private String first = "all files are empty";

    @Override
    public void record(String place, TextRecord record, byte[] json) {
      sound++;
      fields.see(record.fields());
    }

    @Override
    public void broken(Quarantined place) {
      if (sound == 0 && broken == 0) {
        first = place.toString();
      }
      broken++;
    }
  }
}
