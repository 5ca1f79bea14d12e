package dev.kedge.data.text;

import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Reads a Parquet file row by row with DuckDB, as JSON: lists and structures stay what they are.
 */
final class ParquetRows {
  private static final String ROWS =
      "SELECT to_json(row) FROM"
          + " (SELECT * FROM read_parquet(?, hive_partitioning = false) LIMIT ? OFFSET ?) AS row";

  private static final String COUNT =
      "SELECT count(*) FROM read_parquet(?, hive_partitioning = false)";

  /** In names of files the engine takes these for a pattern, and in brackets for themselves. */
  private static final Pattern SIGNS = Pattern.compile("[\\[*?]");

  private final TreeFile file;
  private final String path;

  private ParquetRows(FileTree source, TreeFile file) throws IOException {
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
          byte[] json = rows.getString(1).getBytes(StandardCharsets.UTF_8);
          JsonLines.read("%s:%d".formatted(file.path(), number), json, sink);
        }
      }
    } catch (SQLException e) {
      throw broken(e);
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

  /** Rows stream through little memory, and nothing is fetched from anywhere. */
  private static Connection engine() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("threads", "1");
    settings.setProperty("memory_limit", "256MB");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    return DriverManager.getConnection("jdbc:duckdb:", settings);
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
