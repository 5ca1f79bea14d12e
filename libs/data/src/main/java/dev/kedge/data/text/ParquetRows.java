package dev.kedge.data.text;

import dev.kedge.data.UnusableDatasetException;
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
import java.util.Properties;

/**
 * Reads a Parquet file row by row with DuckDB, as JSON: lists and structures stay what they are.
 */
final class ParquetRows {
  private static final String ROWS = "SELECT to_json(row) FROM read_parquet(?) AS row OFFSET ?";

  private ParquetRows() {}

  static void read(String file, InputStream in, int first, RecordSink sink) throws IOException {
    Path copy = Files.createTempFile("kedge-rows", ".parquet");
    try {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      read(file, copy, first, sink);
    } catch (SQLException e) {
      throw new UnusableDatasetException(
          "'%s' is a broken Parquet file: %s".formatted(file, reason(e, copy)), e);
    } finally {
      Files.delete(copy);
    }
  }

  private static void read(String file, Path copy, int first, RecordSink sink)
      throws IOException, SQLException {
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:", settings());
        PreparedStatement query = engine.prepareStatement(ROWS)) {
      query.setString(1, copy.toString());
      query.setInt(2, first - 1);
      try (ResultSet rows = query.executeQuery()) {
        for (int number = first; rows.next(); number++) {
          sink.at(number);
          byte[] json = rows.getString(1).getBytes(StandardCharsets.UTF_8);
          JsonLines.read("%s:%d".formatted(file, number), json, sink);
        }
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

  /** The first line of DuckDB's message, without the place of the copy. */
  private static String reason(SQLException e, Path copy) {
    return e.getMessage().lines().findFirst().orElse("damaged").replace(copy.toString(), "it");
  }
}
