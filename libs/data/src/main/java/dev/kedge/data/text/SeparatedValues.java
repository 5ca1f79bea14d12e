package dev.kedge.data.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.Quarantined;
import dev.kedge.data.UnusableDatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads tables of separated values (RFC 4180) whose first line names the columns. Every value is
 * text. A row that is broken is left out alone: what follows an unclosed quote is read again from
 * the next line on.
 */
final class SeparatedValues {
  private final String file;
  private final CSVFormat format;
  private final RowLines lines;
  private final RecordSink sink;

  private SeparatedValues(String file, char separator, InputStream in, RecordSink sink) {
    this.file = file;
    this.format = CSVFormat.RFC4180.builder().setDelimiter(separator).get();
    this.lines = new RowLines(in);
    this.sink = sink;
  }

  static void read(String file, char separator, InputStream in, int first, RecordSink sink)
      throws IOException {
    new SeparatedValues(file, separator, in, sink).read(first);
  }

  private void read(int first) throws IOException {
    List<String> columns = null;
    for (var row = lines.next(); row.isPresent(); row = lines.next()) {
      if (row.get().isBlank()) {
        continue;
      }
      String place = "%s:%d".formatted(file, lines.number());
      if (columns != null) {
        sink.at(lines.number());
      }
      try {
        List<String> values = values(row.get());
        if (columns == null) {
          columns = header(values);
          lines.skipTo(first);
        } else {
          record(place, columns, values);
        }
      } catch (BrokenRowException e) {
        if (columns == null) {
          throw new UnusableDatasetException(
              "the first line of '%s' names no columns: %s".formatted(file, e.getMessage()), e);
        }
        lines.giveBack();
        sink.broken(new Quarantined(place, e.getMessage()));
      }
    }
  }

  private List<String> header(List<String> names) throws BrokenRowException {
    if (names.stream().anyMatch(String::isBlank)
        || names.stream().distinct().count() < names.size()) {
      throw new BrokenRowException("a name is empty or there twice in " + names);
    }
    return names;
  }

  private List<String> values(RowLines.Row row) throws BrokenRowException {
    if (row.isTooLong()) {
      throw new BrokenRowException("longer than a record may be");
    }
    try (CSVParser parser = CSVParser.parse(row.text(), format)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() != 1) {
        throw new BrokenRowException("a broken quote");
      }
      return records.get(0).toList();
    } catch (CharacterCodingException e) {
      throw new BrokenRowException("not UTF-8");
    } catch (IOException | UncheckedIOException e) {
      throw new BrokenRowException("a broken quote");
    }
  }

  private void record(String place, List<String> columns, List<String> values)
      throws IOException, BrokenRowException {
    if (values.size() != columns.size()) {
      throw new BrokenRowException(
          "%d values for %d columns".formatted(values.size(), columns.size()));
    }
    ObjectNode fields = JsonLines.JSON.createObjectNode();
    for (int i = 0; i < values.size(); i++) {
      fields.put(columns.get(i), values.get(i));
    }
    sink.record(
        new TextRecord(JsonLines.id(fields, place), fields),
        JsonLines.JSON.writeValueAsBytes(fields));
  }

  /** One row that cannot be read, and why. */
  private static final class BrokenRowException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenRowException(String reason) {
      super(reason);
    }
  }
}
