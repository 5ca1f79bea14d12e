package dev.kedge.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.data.Quarantined;
import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {
  @TempDir private Path source;
  private final List<String> records = new ArrayList<>();
  private final List<Quarantined> broken = new ArrayList<>();

  @Test
  void rowsOfACsvAreRecordsOfText() throws IOException {
    read("a.csv", "id,question,answer\r\n007,\"what,\nnow \"\"you\"\"\",2\r\nx,,no\n", Map.of());
    assertThat(records)
        .containsExactly(
            "007 {\"id\":\"007\",\"question\":\"what,\\nnow \\\"you\\\"\",\"answer\":\"2\"}",
            "x {\"id\":\"x\",\"question\":\"\",\"answer\":\"no\"}");
    assertThat(broken).isEmpty();
  }

  @Test
  void aTsvIsSeparatedByTabs() throws IOException {
    read("a.tsv", "q\ta\n1, 2\t3\n", Map.of());
    assertThat(records).containsExactly("a.tsv:2 {\"q\":\"1, 2\",\"a\":\"3\"}");
  }

  @Test
  void aBrokenQuoteCostsItsOwnRowAlone() throws IOException {
    read("a.csv", "q,a\n\"broken\"quote,1\ngood,2\n\"unclosed,3\ngood,4\nalso,5\n", Map.of());
    assertThat(broken)
        .containsExactly(
            new Quarantined("a.csv:2", "a broken quote"),
            new Quarantined("a.csv:4", "a broken quote"));
    assertThat(records).hasSize(3).last().asString().startsWith("a.csv:6 ");
  }

  @Test
  void anOpenQuoteHoldsNoMoreThanARecordMay() throws IOException {
    String megabyte = "x".repeat(1 << 20) + ",1\n";
    read("a.csv", "q,a\n\"open,3\n" + megabyte.repeat(20), Map.of());
    assertThat(broken)
        .containsExactly(
            new Quarantined("a.csv:2", "longer than 16,777,216 bytes, the most a record has"));
    assertThat(records).hasSize(20);
  }

  @Test
  void aLineOfMillionsOfValuesIsNoRecord() throws IOException {
    read("a.jsonl", "{\"q\": [%s{}]}\n{\"q\": 1}\n".formatted("{},".repeat(500_000)), Map.of());
    assertThat(broken)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.path()).isEqualTo("a.jsonl:1");
              assertThat(line.reason())
                  .startsWith(
                      "no JSON: Token count (1000001) exceeds the maximum allowed (1000000");
            });
    assertThat(records).hasSize(1);
  }

  @Test
  void aRowOfAnotherWidthOrNotInUtf8IsBroken() throws IOException {
    Files.write(
        source.resolve("a.csv"),
        "q,a\n1\n1,2,3\ncaf\u00e9,1\nx,y".getBytes(StandardCharsets.ISO_8859_1));
    read(Map.of());
    assertThat(broken)
        .extracting(Quarantined::reason)
        .containsExactly("1 values for 2 columns", "3 values for 2 columns", "not UTF-8");
    assertThat(records).hasSize(1);
  }

  @Test
  void aTableWithoutColumnNamesIsRefused() throws IOException {
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> read("a.csv", "q,q\n1,2\n", Map.of()))
        .withMessageContaining("the first line of 'a.csv' names no columns");
  }

  @Test
  void columnsAreGivenOtherNames() throws IOException {
    read("a.csv", "prompt,id\nwhat,3\n", Map.of("question", "prompt", "id", "id"));
    assertThat(records).containsExactly("3 {\"id\":\"3\",\"question\":\"what\"}");
    records.clear();
    read("a.csv", "other,id\nwhat,7\n", Map.of("question", "prompt"));
    assertThat(broken).containsExactly(new Quarantined("a.csv:2", "has no column `prompt`"));
  }

  @Test
  void rowsOfAParquetFileKeepTheirListsAndNumbers() throws IOException {
    try (InputStream in = TablesTest.class.getResourceAsStream("/tables/qa.parquet")) {
      Files.copy(in, source.resolve("qa.parquet"));
    }
    read(Map.of("question", "prompt"));
    assertThat(records)
        .containsExactly(
            "qa.parquet:1 {\"choices\":[\"a\",\"b\"],\"place\":1,\"question\":\"what?\"}",
            "qa.parquet:2 {\"choices\":[\"c\"],\"place\":0,\"question\":\"who?\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"train[0].parquet", "a*.parquet", "a?.parquet", "lang=en/year=7/a.parquet"})
  void aParquetFileIsReadAloneAndAsItIsWhateverItsName(String name) throws IOException {
    for (String each : List.of(name, "ab.parquet")) {
      Path file = source.resolve(each);
      Files.createDirectories(file.getParent());
      try (InputStream in = TablesTest.class.getResourceAsStream("/tables/qa.parquet")) {
        Files.copy(in, file);
      }
    }
    read(Map.of());
    assertThat(records)
        .hasSize(4)
        .contains(
            name + ":1 {\"prompt\":\"what?\",\"choices\":[\"a\",\"b\"],\"place\":1}",
            name + ":2 {\"prompt\":\"who?\",\"choices\":[\"c\"],\"place\":0}");
  }

  @Test
  void whatParquetIsReadThroughLiesInTheScratchWhateverItsName() throws IOException {
    Path scratch = Files.createDirectories(source.resolve("[s]*?"));
    Path folder = Files.createDirectories(source.resolve("data"));
    try (InputStream in = TablesTest.class.getResourceAsStream("/tables/qa.parquet")) {
      Files.copy(in, folder.resolve("qa[0].parquet"));
    }
    Files.copy(folder.resolve("qa[0].parquet"), folder.resolve("qa0.parquet"));
    try (FileTree tree = FileTree.open(folder, scratch)) {
      Path link = tree.onDisk(tree.files().get(0));
      assertThat(link.getParent()).isEqualTo(scratch);
      TextFormat.RECORDS.read(tree, new Collecting());
      assertThat(records).hasSize(4).last().asString().startsWith("qa[0].parquet:2 ");
    }
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void aJsonArrayIsRefusedWithItsRemedy() throws IOException {
    for (String array :
        List.of("[{\"q\": 1}, {\"q\": 2}]", "\uFEFF[\n  {\"q\": 1}\n]\n", " [ {\n\"q\": 1}]")) {
      assertThatExceptionOfType(UnusableDatasetException.class)
          .isThrownBy(() -> read("a.json", array, Map.of()))
          .withMessage(
              "'a.json' is one JSON array, and records are a line each: write them so, for example"
                  + " by jq -c '.[]' a.json > records.jsonl");
    }
    read("a.json", "[1]\n{\"q\": 1}\n", Map.of());
    assertThat(broken).extracting(Quarantined::path).containsExactly("a.json:1");
    assertThat(records).hasSize(1);
  }

  @Test
  void aFileThatIsNoParquetIsRefusedByName() throws IOException {
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> read("a.parquet", "nothing of the kind", Map.of()))
        .withMessageContaining("'a.parquet' is a broken Parquet file")
        .withMessageContaining(" file 'a.parquet'");
  }

  private void read(String name, String text, Map<String, String> columns) throws IOException {
    Files.writeString(source.resolve(name), text);
    read(columns);
  }

  private void read(Map<String, String> columns) throws IOException {
    try (FileTree tree = FileTree.open(source, source)) {
      TextFormat.RECORDS.read(tree, new Columns(columns), new Collecting());
    }
  }

  private final class Collecting implements RecordSink {
    @Override
    public void record(String place, TextRecord record, byte[] json) {
      records.add(record.id() + " " + new String(json, StandardCharsets.UTF_8));
    }

    @Override
    public void broken(Quarantined place) {
      broken.add(place);
    }
  }
}
