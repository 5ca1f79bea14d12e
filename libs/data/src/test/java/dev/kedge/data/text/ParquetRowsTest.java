package dev.kedge.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.data.Quarantined;
import dev.kedge.data.source.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetRowsTest {
  private final List<String> ids = new ArrayList<>();
  private final List<Quarantined> broken = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void aRowThatIsLongerThanARecordMayBeIsLeftOutAlone() throws Exception {
    write("a.parquet", "SELECT repeat('é', n) AS q FROM (VALUES (2), (9000000), (3)) AS t(n)");
    try (FileTree tree = FileTree.open(folder, folder)) {
      TextFormat.RECORDS.read(tree, new Collecting());
    }
    assertThat(ids).containsExactly("a.parquet:1", "a.parquet:3");
    assertThat(broken)
        .containsExactly(
            new Quarantined("a.parquet:2", "longer than 16,777,216 bytes, the most a record has"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_text('/etc/hosts')",
        "SELECT * FROM read_parquet('%s/other.parquet')",
        "COPY (SELECT 1) TO '%s/written.csv'",
        "SET enable_external_access = true",
        "SET memory_limit = '10GB'",
        "ATTACH '%s/database'",
        "INSTALL httpfs"
      })
  void theEngineReadsTheFileAndDoesNothingElse(String deed) throws Exception {
    write("it's [0].parquet", "SELECT 1 AS q");
    try (FileTree tree = FileTree.open(folder, folder);
        Connection engine = new ParquetRows(tree, tree.files().get(0)).engine();
        Statement statement = engine.createStatement()) {
      write("other.parquet", "SELECT 1 AS q");
      assertThatThrownBy(() -> statement.execute(deed.replace("%s", folder.toString())))
          .isInstanceOf(SQLException.class)
          .hasMessageMatching("(?s).*(disabled|locked|Permission Error).*");
    }
  }

  @Test
  void aFileOfAnyNameIsTheOneThatIsRead() throws Exception {
    write("it's [0].parquet", "SELECT 1 AS q");
    try (FileTree tree = FileTree.open(folder, folder)) {
      TextFormat.RECORDS.read(tree, new Collecting());
    }
    assertThat(ids).containsExactly("it's [0].parquet:1");
  }

  private void write(String name, String query) throws SQLException {
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = engine.createStatement()) {
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet)"
              .formatted(query, folder.resolve(name).toString().replace("'", "''")));
    }
  }

  private final class Collecting implements RecordSink {
    @Override
    public void record(String place, TextRecord record, byte[] json) throws IOException {
      ids.add(record.id());
    }

    @Override
    public void broken(Quarantined place) {
      broken.add(place);
    }
  }
}
