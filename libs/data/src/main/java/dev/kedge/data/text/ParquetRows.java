package dev.kedge.data.text;

import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * Reads a Parquet file row by row with DuckDB, as JSON: lists and structures stay what they are.
 */
final class ParquetRows {
  private static final String ROWS =
      "SELECT to_json(row) FROM (SELECT * FROM read_parquet(?) LIMIT ? OFFSET ?) AS row";

  private static final String COUNT = "SELECT count(*) FROM read_parquet(?)";

  private ParquetRows() {}

  static void read(FileTree source, TreeFile file, LineRange range, RecordSink sink)
      throws IOException {
    with(source, file, (path, engine) -> read(file, path, engine, range, sink));
  }

  /**
   * The row that begins after so many bytes, counted from 1, as if all rows took equally many: how
   * many they take is in none of a Parquet file's places.
   */
  static int numberAt(FileTree source, TreeFile file, long bytes) throws IOException {
    long rows = with(source, file, ParquetRows::count);
    return Math.toIntExact(1 + (long) Math.ceil((double) rows * bytes / file.bytes()));
  }

  /** What is asked of a file; the engine has no other. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(Path path, Connection engine) throws IOException, SQLException;
  }

  /** Asks the file where it lies, or a copy of it where it lies in an archive. */
  private static <T> T with(FileTree source, TreeFile file, Question<T> question)
      throws IOException {
    Optional<Path> place = source.place(file);
    if (place.isPresent()) {
      return asked(file, place.get(), question);
    }
    Path copy = Files.createTempFile("kedge-rows", ".parquet");
    try (InputStream in = source.open(file)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return asked(file, copy, question);
    } finally {
      Files.delete(copy);
    }
  }

  private static <T> T asked(TreeFile file, Path path, Question<T> question) throws IOException {
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:", settings())) {
      return question.ask(path, engine);
    } catch (SQLException e) {
      throw new UnusableDatasetException(
          "'%s' is a broken Parquet file: %s".formatted(file.path(), reason(e, path)), e);
    }
  }

  /** Reads a range of rows; how many there are in it. */
  private static int read(
      TreeFile file, Path path, Connection engine, LineRange range, RecordSink sink)
      throws IOException, SQLException {
    try (PreparedStatement query = engine.prepareStatement(ROWS)) {
      query.setString(1, path.toString());
      query.setInt(2, range.end() - range.first());
      query.setInt(3, range.first() - 1);
      try (ResultSet rows = query.executeQuery()) {
        int number = range.first();
        for (; rows.next(); number++) {
          sink.at(number);
          byte[] json = rows.getString(1).getBytes(StandardCharsets.UTF_8);
          JsonLines.read("%s:%d".formatted(file.path(), number), json, sink);
        }
        return number - range.first();
      }
    }
  }

  private static long count(Path path, Connection engine) throws SQLException {
    try (PreparedStatement query = engine.prepareStatement(COUNT)) {
      query.setString(1, path.toString());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** Rows stream through little memory, and nothing is fetched from anywhere. */
  private static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("threads", "1");
    settings.setProperty("memory_limit", "256MB");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    return settings;
  }

  /** The first line of DuckDB's message, without the place of the file. */
  private static String reason(SQLException e, Path path) {
    return e.getMessage().lines().findFirst().orElse("damaged").replace(path.toString(), "it");
  }
}
