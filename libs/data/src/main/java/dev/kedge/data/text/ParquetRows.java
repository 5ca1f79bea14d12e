package dev.kedge.data.text;

import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.IOException;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Reads a Parquet file row by row with DuckDB, as JSON: lists and structures stay what they are.
 */
final class ParquetRows {
  /**
   * Each row as JSON in UTF-8, and as nothing where it is too long. The driver makes Java strings
   * of some two thousand rows at a time; of bytes it copies what is asked for.
   */
  private static final String ROWS =
      "SELECT CASE WHEN strlen(json) <= %d THEN encode(json) END FROM".formatted(JsonLines.LONGEST)
          + " (SELECT CAST(to_json(row) AS VARCHAR) AS json FROM"
          + " (SELECT * FROM read_parquet(?, hive_partitioning = false) LIMIT ? OFFSET ?) AS row)";

  private static final String COUNT =
      "SELECT count(*) FROM read_parquet(?, hive_partitioning = false)";

  /** In names of files the engine takes these for a pattern, and in brackets for themselves. */
  private static final Pattern SIGNS = Pattern.compile("[\\[*?]");

  private final TreeFile file;
  private final String path;

  ParquetRows(FileTree source, TreeFile file) throws IOException {
    this.file = file;
    this.path = source.onDisk(file).toAbsolutePath().toString();
  }

  /** Reads the rows of a range. */
  static void read(FileTree source, TreeFile file, LineRange range, RecordSink sink)
      throws IOException {
    new ParquetRows(source, file).read(range, sink);
  }

  /**
   * The rows that begin after so many bytes each, counted from 1, as if all rows took equally many:
   * how many they take is in none of a Parquet file's places.
   */
  static List<Integer> numbersAt(FileTree source, TreeFile file, List<Long> bytes)
      throws IOException {
    long count = new ParquetRows(source, file).count();
    return bytes.stream()
        .map(each -> Math.toIntExact(1 + (long) Math.ceil((double) count * each / file.bytes())))
        .toList();
  }

  private String pattern() {
    return SIGNS.matcher(path).replaceAll("[$0]");
  }

  private void read(LineRange range, RecordSink sink) throws IOException {
    try (Connection engine = engine();
        PreparedStatement query = engine.prepareStatement(ROWS)) {
      query.setString(1, pattern());
      query.setInt(2, range.end() - range.first());
      query.setInt(3, range.first() - 1);
      try (ResultSet rows = query.executeQuery()) {
        for (int number = range.first(); rows.next(); number++) {
          sink.at(number);
          read("%s:%d".formatted(file.path(), number), rows.getBlob(1), sink);
        }
      }
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  /** Row by row: a driver's chunk of them may be larger than the heap. */
  private static void read(String place, Blob row, RecordSink sink)
      throws IOException, SQLException {
    if (row == null) {
      sink.broken(JsonLines.tooLong(place));
    } else {
      JsonLines.read(place, row.getBytes(1, (int) row.length()), sink);
    }
  }

  private long count() {
    try (Connection engine = engine();
        PreparedStatement query = engine.prepareStatement(COUNT)) {
      query.setString(1, pattern());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  /**
   * Rows stream through little memory, and the engine opens this file and nothing else, whatever
   * stands in it.
   */
  Connection engine() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("threads", "1");
    settings.setProperty("memory_limit", "256MB");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    Connection engine = DriverManager.getConnection("jdbc:duckdb:", settings);
    try (Statement setting = engine.createStatement()) {
      setting.execute("SET allowed_paths = [%s, %s]".formatted(quoted(path), quoted(pattern())));
      setting.execute("SET enable_external_access = false");
      setting.execute("SET lock_configuration = true");
      return engine;
    } catch (SQLException e) {
      engine.close();
      throw e;
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** With the first line of DuckDB's message, and the file as people name it. */
  private UnusableDatasetException broken(SQLException e) {
    String reason = e.getMessage().lines().findFirst().orElse("damaged");
    return new UnusableDatasetException(
        "'%s' is a broken Parquet file: %s".formatted(file.path(), named(reason)), e);
  }

  private String named(String reason) {
    return reason.replace(pattern(), file.path()).replace(path, file.path());
  }
}
