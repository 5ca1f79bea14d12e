package dev.kedge.data.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.Quarantined;
import dev.kedge.data.UnusableDatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

  private SeparatedValues(String file, InputStream in) {
    this.file = file;
    this.format =
        CSVFormat.RFC4180.builder().setDelimiter(file.endsWith(".tsv") ? '\t' : ',').get();
    this.lines = new RowLines(in);
  }

  /** Reads the rows that begin in a range of lines. */
  static void read(String file, InputStream in, LineRange range, RecordSink sink)
      throws IOException {
    new SeparatedValues(file, in).read(range, sink);
  }

  /**
   * The lines of the first rows that begin after so many bytes, counted from 1. What is a row is
   * known from the beginning on alone: a quote may hold lines.
   *
   * @param bytes ascending
   */
  static List<Integer> numbersAt(String file, InputStream in, List<Long> bytes) throws IOException {
    return new SeparatedValues(file, in).numbersAt(bytes);
  }

  private void read(LineRange range, RecordSink sink) throws IOException {
    List<String> columns = columns();
    lines.skipTo(range.first());
    for (var row = next(); row.isPresent() && lines.number() < range.end(); row = next()) {
      String place = "%s:%d".formatted(file, lines.number());
      sink.at(lines.number());
      try {
        record(place, columns, values(row.get(), columns), sink);
      } catch (BrokenRowException e) {
        lines.giveBack();
        sink.broken(new Quarantined(place, e.getMessage()));
      }
    }
  }

  private List<Integer> numbersAt(List<Long> bytes) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    List<String> columns = columns();
    for (var row = next(); row.isPresent(); row = next()) {
      while (numbers.size() < bytes.size() && lines.start() >= bytes.get(numbers.size())) {
        numbers.add(lines.number());
      }
      if (numbers.size() == bytes.size()) {
        return numbers;
      }
      if (row.get().lines().size() > 1 && isBroken(row.get(), columns)) {
        lines.giveBack();
      }
    }
    numbers.addAll(Collections.nCopies(bytes.size() - numbers.size(), lines.nextNumber()));
    return numbers;
  }

  private boolean isBroken(RowLines.Row row, List<String> columns) {
    try {
      values(row, columns);
      return false;
    } catch (BrokenRowException e) {
      return true;
    }
  }

  /** The next row that is not blank. */
  private Optional<RowLines.Row> next() throws IOException {
    Optional<RowLines.Row> row = lines.next();
    while (row.isPresent() && row.get().isBlank()) {
      row = lines.next();
    }
    return row;
  }

  /** What the first row says; nothing where there is none. */
  private List<String> columns() throws IOException {
    Optional<RowLines.Row> first = next();
    try {
      return first.isPresent() ? header(values(first.get())) : List.of();
    } catch (BrokenRowException e) {
      throw new UnusableDatasetException(
          "the first line of '%s' names no columns: %s".formatted(file, e.getMessage()), e);
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
      throw new BrokenRowException(
          "longer than %,d bytes, the most a record has".formatted(RowLines.LONGEST));
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

  private List<String> values(RowLines.Row row, List<String> columns) throws BrokenRowException {
    List<String> values = values(row);
    if (values.size() != columns.size()) {
      throw new BrokenRowException(
          "%d values for %d columns".formatted(values.size(), columns.size()));
    }
    return values;
  }

  private static void record(
      String place, List<String> columns, List<String> values, RecordSink sink) throws IOException {
    ObjectNode fields = JsonLines.JSON.createObjectNode();
    for (int i = 0; i < values.size(); i++) {
      fields.put(columns.get(i), values.get(i));
    }
    sink.record(
        place,
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
