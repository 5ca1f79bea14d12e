package dev.kedge.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.data.FinishedParts;
import dev.kedge.data.Folders;
import dev.kedge.data.PartFolders;
import dev.kedge.data.Share;
import dev.kedge.data.source.FileTree;
import java.io.IOException;
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
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = engine.createStatement()) {
      statement.execute(
          "COPY (SELECT range + 20 AS id, 'p' || range AS q FROM range(42)) TO '%s' (FORMAT parquet)"
              .formatted(source.resolve("d.parquet")));
    }
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

  @Test
  void oneLargeFileOfLinesIsCutAtLinesAndOthersStayWhole() throws IOException {
    for (Path file : List.of(source.resolve("c.txt"), source.resolve("d.parquet"))) {
      Files.delete(file);
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      lines.append("{\"id\": %d, \"q\": \"%s\"}\n".formatted(i, "x".repeat(i % 50)));
    }
    Files.writeString(source.resolve("a.jsonl"), lines);
    try (FileTree tree = FileTree.open(source, temporary)) {
      long shards = (lines.length() + Files.size(source.resolve("b.csv"))) / 300;
      assertThat(HOW.shares(tree, TextFormat.RECORDS)).isEqualTo(Share.worth(shards, shards));
      Files.delete(source.resolve("a.jsonl"));
    }
    try (FileTree tree = FileTree.open(source, temporary)) {
      assertThat(new TextPreparation(0, 10).shares(tree, TextFormat.RECORDS)).isEqualTo(1);
    }
    Files.writeString(source.resolve("a.jsonl"), lines);
    List<Integer> records = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int before = examined;
      share(new Share(i, 5), FinishedParts.NONE);
      records.add(examined - before);
    }
    assertThat(records).allSatisfy(count -> assertThat(count).isBetween(190, 250));
    assertThat(examined).isEqualTo(1040);
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
            place -> assertThat(place).hasToString("20 (its id was used by an earlier record)"));
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
