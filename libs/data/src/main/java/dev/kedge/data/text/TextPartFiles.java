package dev.kedge.data.text;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A part of a source of text: its records, a line each for what was looked at, and a summary.
 *
 * @param folder where its files lie
 */
record TextPartFiles(Path folder) {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader ITEMS = JSON.readerFor(TextItem.class);

  /**
   * What a part holds in all.
   *
   * @param records how many records
   * @param leftOut how many places were left out
   * @param shapes the lists of fields that its records have
   * @param next where the next part begins; none after the last
   */
  record Summary(int records, int leftOut, List<List<String>> shapes, TextPlace next) {}

  /** The records, as JSON Lines. */
  Path records() {
    return folder.resolve("records.jsonl");
  }

  Path items() {
    return folder.resolve("items.jsonl");
  }

  private Path summaryFile() {
    return folder.resolve("part.json");
  }

  Summary summary() throws IOException {
    return JSON.readValue(summaryFile().toFile(), Summary.class);
  }

  /** Written last. */
  void write(Summary summary) throws IOException {
    JSON.writeValue(summaryFile().toFile(), summary);
  }

  /** All that was looked at, in the source's order; the caller closes it. */
  MappingIterator<TextItem> readItems() throws IOException {
    return ITEMS.readValues(items().toFile());
  }
}
