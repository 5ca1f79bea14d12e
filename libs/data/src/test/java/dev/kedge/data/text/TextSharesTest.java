package dev.kedge.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.data.FinishedParts;
import dev.kedge.data.Folders;
import dev.kedge.data.PartFolders;
import dev.kedge.data.Quarantined;
import dev.kedge.data.Share;
import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of every kind, with repeated ids and broken places, in parts of a few records each. */
class TextSharesTest {
  private static final TextPreparation HOW = new TextPreparation(0.5, 300);
  private static final Columns COLUMNS = new Columns(Map.of("question", "q"));
  private static final int RECORDS = 143;

  @TempDir private Path temporary;
  private Path source;
  private final Set<Integer> told = new HashSet<>();
  private int examined;

  @BeforeEach
  void aSourceOfEveryKind() throws IOException, SQLException {
    source = Files.createDirectories(temporary.resolve("source"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      lines.append(
          i % 9 == 4 ? "{broken\n" : "{\"id\": %d, \"q\": \"q%d\"}\n".formatted(i % 40, i));
      lines.append(i % 7 == 3 ? "\n" : "");
    }
    Files.writeString(source.resolve("a.jsonl"), lines);
    StringBuilder rows = new StringBuilder("q,\"the\nanswer\"\n");
    for (int i = 0; i < 40; i++) {
      rows.append(i % 8 == 5 ? "\"open,%d\n".formatted(i) : "\"two\nlines\",%d\n".formatted(i));
    }
    Files.writeString(source.resolve("b.csv"), rows);
    Files.writeString(source.resolve("c.txt"), "not a table");
    parquet("SELECT range + 20 AS id, 'p' || range AS q", 42, source.resolve("d.parquet"));
  }

  @Test
  void sharesPutTogetherAreWhatOnePreparationMakes() throws IOException {
    TextManifest whole = prepare("whole", FinishedParts.NONE);
    assertThat(whole.records() + whole.quarantine().size()).isEqualTo(RECORDS);
    assertThat(whole.shards()).hasSizeGreaterThan(5);
    for (int count : new int[] {1, 2, 3, 9, 64}) {
      List<Path> shares = new ArrayList<>();
      examined = 0;
      for (int i = 0; i < count; i++) {
        shares.add(share(new Share(i, count), FinishedParts.NONE));
      }
      assertThat(examined).as("the records of %d shares", count).isEqualTo(RECORDS);
      Path merged = temporary.resolve("merged-" + count);
      HOW.merge(shares, merged, (steps, all) -> {});
      assertThat(Folders.digests(merged))
          .as("%d shares", count)
          .isEqualTo(Folders.digests(temporary.resolve("whole")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jsonl", "a.csv", "a.parquet"})
  void oneLargeTableIsCutIntoSharesOfAboutEquallyManyRecords(String name)
      throws IOException, SQLException {
    source = Files.createDirectories(temporary.resolve("large"));
    Path table = source.resolve(name);
    write(table, 1000);
    try (FileTree tree = FileTree.open(source, temporary)) {
      long shards = Files.size(table) / 300;
      assertThat(HOW.shares(tree, TextFormat.RECORDS)).isEqualTo(Share.worth(shards, shards));
    }
    List<Integer> records = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int before = examined;
      share(new Share(i, 5), FinishedParts.NONE);
      records.add(examined - before);
    }
    assertThat(records).allSatisfy(count -> assertThat(count).isBetween(150, 250));
    assertThat(examined).isEqualTo(1000);
  }

  /** Records whose texts are of up to fifty letters. */
  private static void write(Path table, int records) throws IOException, SQLException {
    switch (table.getFileName().toString()) {
      case "a.jsonl" -> Files.writeString(table, lines("{\"id\": %d, \"q\": \"%s\"}\n", records));
      case "a.csv" -> Files.writeString(table, "id,q\n" + lines("%d,\"a\n%s\"\n", records));
      default -> parquet("SELECT range AS id, repeat('x', range % 50) AS q", records, table);
    }
  }

  private static String lines(String form, int records) {
    return IntStream.range(0, records)
        .mapToObj(i -> form.formatted(i, "x".repeat(i % 50)))
        .collect(Collectors.joining());
  }

  private static void parquet(String columns, int rows, Path file) throws SQLException {
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = engine.createStatement()) {
      statement.execute(
          "COPY (%s FROM range(%d)) TO '%s' (FORMAT parquet)".formatted(columns, rows, file));
    }
  }

  @Test
  void rowsOfATableAreWhatTheyAreWhereverItIsCut() throws IOException {
    Random random = new Random(7);
    List<String> pieces =
        List.of("\"", "\"\"", "\n", "\n\n", "\r\n", ",", "a", "b,c\n", "\"d\ne\",f\n", "\"g,");
    for (int table = 0; table < 60; table++) {
      StringBuilder text = new StringBuilder("q,r\n");
      for (int i = 0; i < 120; i++) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      String csv = text.toString();
      List<String> whole = rows(csv, 1, Integer.MAX_VALUE);
      List<String> cut = new ArrayList<>();
      int from = 1;
      for (int at = 1; at <= csv.length(); at += 1 + random.nextInt(40)) {
        int to = SeparatedValues.numbersAt("a.csv", stream(csv), List.of((long) at)).get(0);
        cut.addAll(rows(csv, from, to));
        from = to;
      }
      cut.addAll(rows(csv, from, Integer.MAX_VALUE));
      assertThat(cut).as(csv).isEqualTo(whole);
    }
  }

  @Test
  void severalPlacesOfATableAreFoundInOneReading() throws IOException {
    String csv = "q,r\n" + "\"two\nlines\",1\n\"open,2\n\n3,4\n".repeat(20);
    List<Long> places = LongStream.rangeClosed(0, csv.length() + 3).boxed().toList();
    List<Integer> lines = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (long place : places) {
      lines.addAll(Lines.numbersAt(stream(csv), List.of(place)));
      rows.addAll(SeparatedValues.numbersAt("a.csv", stream(csv), List.of(place)));
    }
    assertThat(Lines.numbersAt(stream(csv), places)).isEqualTo(lines);
    assertThat(SeparatedValues.numbersAt("a.csv", stream(csv), places)).isEqualTo(rows);
  }

  @Test
  void aShareOfATableInAnArchiveCopiesItOnce() throws IOException, SQLException {
    Path table = temporary.resolve("a.parquet");
    write(table, 1000);
    Path zip = temporary.resolve("a.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("a.parquet"));
      Files.copy(table, out);
    }
    Path scratch = Files.createDirectories(temporary.resolve("scratch"));
    try (FileTree tree = FileTree.open(zip, scratch)) {
      TreeFile file = tree.files().get(0);
      Path copy = tree.onDisk(file);
      Object made = Files.getAttribute(copy, "unix:ino");
      int records =
          HOW.prepareShare(
                  tree,
                  TextFormat.RECORDS,
                  COLUMNS,
                  new Share(1, 3),
                  temporary.resolve("share"),
                  FinishedParts.NONE,
                  (done, bad) -> {})
              .records();
      assertThat(records).isBetween(320, 350);
      assertThat(tree.onDisk(file)).isEqualTo(copy).hasSameBinaryContentAs(table);
      assertThat(Files.getAttribute(copy, "unix:ino")).isEqualTo(made);
    }
    assertThat(scratch).isEmptyDirectory();
  }

  private static List<String> rows(String csv, int first, int end) throws IOException {
    List<String> rows = new ArrayList<>();
    SeparatedValues.read(
        "a.csv",
        stream(csv),
        new LineRange(first, end),
        new RecordSink() {
          @Override
          public void at(int number) {
            rows.add("at " + number);
          }

          @Override
          public void record(String place, TextRecord record, byte[] json) {
            rows.add(record.toString());
          }

          @Override
          public void broken(Quarantined place) {
            rows.add(place.toString());
          }
        });
    return rows;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aTableThatIsDamagedInItsZipIsNamedWhereverAShareLooksForItsLines() throws IOException {
    Path zip = temporary.resolve("a.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("a.jsonl"));
      out.write("{\"q\": 1}\n".repeat(5000).getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(zip);
    // The first packed byte, behind the header of the entry and its name: a kind of block that is
    // none.
    bytes[30 + "a.jsonl".length()] = (byte) 0xFF;
    Files.write(zip, bytes);
    source = zip;
    assertThatThrownBy(() -> share(new Share(1, 2), FinishedParts.NONE))
        .isInstanceOf(UnusableDatasetException.class)
        .hasMessageContaining("'a.jsonl' is damaged in its zip")
        .hasMessageContaining("Pack the data again");
  }

  @Test
  void whatIsInterruptedAnywhereGoesOnToTheSameBytesAndReadsNoFinishedPartAgain()
      throws IOException {
    prepare("whole", FinishedParts.NONE);
    int previous = 0;
    for (int stop = 1; stop < RECORDS - 20; stop += 13) {
      int last = stop;
      var kept = new Folders.KeptParts(Files.createDirectories(temporary.resolve("kept" + stop)));
      assertThatThrownBy(() -> stopAfter(last, kept)).hasMessage("stopped");
      int parts = kept.kept().size();
      assertThat(parts).isGreaterThanOrEqualTo(previous);
      previous = parts;

      told.clear();
      prepare("resumed" + stop, kept);
      assertThat(Folders.digests(temporary.resolve("resumed" + stop)))
          .as("stopped after %d records", stop)
          .isEqualTo(Folders.digests(temporary.resolve("whole")));
      assertThat(told)
          .as("a finished part is told of once")
          .hasSizeLessThan(RECORDS - stop + parts + 20);
    }
    assertThat(previous).isGreaterThan(5);
  }

  @Test
  void aPartThatReachesBeyondAShareIsNotTakenIntoIt() throws IOException {
    Path other = Files.createDirectories(temporary.resolve("kept"));
    var kept = new Folders.KeptParts(other);
    prepare("whole", kept);
    List<Path> shares = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      shares.add(share(new Share(i, 4), kept));
    }
    HOW.merge(shares, temporary.resolve("merged"), (steps, all) -> {});
    assertThat(Folders.digests(temporary.resolve("merged")))
        .isEqualTo(Folders.digests(temporary.resolve("whole")));
  }

  @Test
  void aMergeTellsEveryPartTwiceAndStopsAtAnyOfThem() throws IOException {
    List<Path> shares = List.of(share(Share.WHOLE, FinishedParts.NONE));
    List<Integer> steps = new ArrayList<>();
    HOW.merge(shares, temporary.resolve("merged"), (step, all) -> steps.add(all - step));
    int all = 2 * PartFolders.ofAll(shares).size();
    assertThat(all).isGreaterThan(20);
    assertThat(steps)
        .isEqualTo(IntStream.rangeClosed(0, all).map(step -> all - step).boxed().toList());
    for (int last : new int[] {0, all / 4, all - 1}) {
      List<Integer> told = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  HOW.merge(
                      shares,
                      temporary.resolve("stopped" + last),
                      (step, end) -> {
                        told.add(step);
                        if (step == last) {
                          throw new IllegalStateException("stopped");
                        }
                      }))
          .hasMessage("stopped");
      assertThat(told).hasSize(last + 1);
    }
  }

  @Test
  void theIdsOfManyRecordsGoToNoMoreFilesThanMayBeOpenAtOnce() {
    assertThat(RepeatedIds.files(0)).isEqualTo(1);
    assertThat(RepeatedIds.files(1_000_000)).isEqualTo(16);
    assertThat(RepeatedIds.files(1_000_000_000)).isEqualTo(128);
  }

  @Test
  void ofEqualIdsInTwoSharesTheEarlierStays() throws IOException {
    List<Path> shares = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      shares.add(share(new Share(i, 2), FinishedParts.NONE));
    }
    TextManifest merged = HOW.merge(shares, temporary.resolve("merged"), (steps, all) -> {});
    assertThat(merged.quarantine())
        .anySatisfy(
            place ->
                assertThat(place.toString())
                    .matches("a\\.jsonl:\\d+ \\(its id was used by an earlier record\\)"));
    PreparedText text = PreparedText.open(temporary.resolve("merged"));
    assertThat(TextPart.all(text).records().filter(record -> record.id().equals("39")).toList())
        .singleElement()
        .hasToString("TextRecord[id=39, fields={\"id\":39,\"question\":\"q39\"}]");
  }

  private void stopAfter(int records, FinishedParts kept) throws IOException {
    try (FileTree tree = FileTree.open(source, temporary)) {
      HOW.prepare(
          tree,
          TextFormat.RECORDS,
          COLUMNS,
          temporary.resolve("stopped" + records),
          kept,
          (done, quarantined) -> {
            if (done >= records) {
              throw new IllegalStateException("stopped");
            }
          });
    }
  }

  private TextManifest prepare(String target, FinishedParts kept) throws IOException {
    try (FileTree tree = FileTree.open(source, temporary)) {
      return HOW.prepare(
          tree,
          TextFormat.RECORDS,
          COLUMNS,
          temporary.resolve(target),
          kept,
          (done, quarantined) -> told.add(done));
    }
  }

  private Path share(Share share, FinishedParts kept) throws IOException {
    Path target = Files.createTempDirectory(temporary, "share");
    try (FileTree tree = FileTree.open(source, temporary)) {
      examined +=
          HOW.prepareShare(
                  tree, TextFormat.RECORDS, COLUMNS, share, target, kept, (done, bad) -> {})
              .records();
    }
    return target;
  }
}
