package dev.kedge.data.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kedge.data.Quarantined;
import dev.kedge.data.Split;
import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextPreparationTest {
  @TempDir Path temporary;
  private Path source;

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.createDirectories(temporary.resolve("source"));
  }

  private TextManifest prepare(TextFormat format, TextPreparation how, String target)
      throws IOException {
    try (FileTree tree = FileTree.open(source, temporary)) {
      return how.prepare(tree, format, temporary.resolve(target), (done, quarantined) -> {});
    }
  }

  private TextManifest prepare(TextFormat format) throws IOException {
    return prepare(format, new TextPreparation(1), "target");
  }

  private PreparedText prepared() {
    return PreparedText.open(temporary.resolve("target"));
  }

  private void write(String name, String text) throws IOException {
    Path file = source.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void recordsKeepTheirFieldsAndGoByTheirIdOrLine() throws IOException {
    write(
        "qa.jsonl",
        "{\"id\": \"x\", \"q\": \"Wä?\", \"n\": 1.50}\r\n\n{\"q\": \"b\", \"extra\": [1]}\n{\"id\": 3, \"q\": \"c\"}");
    TextManifest manifest = prepare(TextFormat.RECORDS);

    assertThat(manifest.records()).isEqualTo(3);
    assertThat(manifest.fields()).containsExactly("q");
    PreparedText text = prepared();
    assertThat(IntStream.range(0, 3).mapToObj(i -> text.record(i).id()))
        .containsExactly("x", "qa.jsonl:3", "3");
    assertThat(text.record(0).fields()).hasToString("{\"id\":\"x\",\"q\":\"Wä?\",\"n\":1.50}");
    assertThat(text.record(1).fields().path("extra").get(0).asInt()).isEqualTo(1);
  }

  @Test
  void aFifoIsLeftOutUnread() throws Exception {
    write("a.jsonl", "{\"id\": 1}\n");
    String pipe = source.resolve("b.jsonl").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    assertThat(prepare(TextFormat.RECORDS).quarantine())
        .containsExactly(new Quarantined("b.jsonl", "a FIFO, a socket or a device, no file"));
  }

  @Test
  void brokenLinesAreLeftOutWithTheirLineAndReason() throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        "{\"id\": 1}\n{\"id\": \n[1]\n{\"id\": 1}\n{\"a\": 1, \"a\": 2}\n{} {}\n".getBytes(UTF_8));
    bytes.writeBytes(new byte[] {'{', (byte) 0xC3, '}', '\n'});
    Files.write(source.resolve("a.jsonl"), bytes.toByteArray());
    write("README", "about");

    TextManifest manifest = prepare(TextFormat.RECORDS);

    assertThat(manifest.records()).isEqualTo(1);
    assertThat(manifest.quarantine().stream().map(Quarantined::path))
        .containsExactly(
            "README", "a.jsonl:2", "a.jsonl:3", "a.jsonl:4", "a.jsonl:5", "a.jsonl:6", "a.jsonl:7");
    assertThat(manifest.quarantine().stream().map(Quarantined::reason))
        .satisfiesExactly(
            reason -> assertThat(reason).contains("does not end in .jsonl"),
            reason -> assertThat(reason).startsWith("no JSON: Unexpected end-of-input"),
            reason -> assertThat(reason).contains("no JSON object"),
            reason -> assertThat(reason).isEqualTo("its id was used by an earlier record"),
            reason -> assertThat(reason).contains("Duplicate field 'a'"),
            reason -> assertThat(reason).contains("no JSON"),
            reason -> assertThat(reason).isEqualTo("not UTF-8"));
  }

  @Test
  void moreBrokenRecordsThanAllowedAreAnErrorThatNamesThem() throws IOException {
    write("a.jsonl", "{\"a\": 1}\nx\n");
    assertThatThrownBy(() -> prepare(TextFormat.RECORDS, new TextPreparation(0.4), "target"))
        .isInstanceOf(UnusableDatasetException.class)
        .hasMessageContaining("1 of 2 records are unusable")
        .hasMessageContaining("a.jsonl:2 (no JSON");
  }

  @Test
  void aTableWithoutARowHasNoRecords() throws IOException {
    write("a.csv", "q,a\n");
    assertThatThrownBy(() -> prepare(TextFormat.RECORDS))
        .isInstanceOf(UnusableDatasetException.class)
        .hasMessageStartingWith(
            "there are no records: the files are blank, or tables without a row");
  }

  @Test
  void whereEverythingIsBrokenToAllowMoreIsNoRemedy() throws IOException {
    write("a.jsonl", "x\ny\nz\nx\n");
    for (double share : new double[] {0.05, 1}) {
      assertThatThrownBy(() -> prepare(TextFormat.RECORDS, new TextPreparation(share), "t" + share))
          .isInstanceOf(UnusableDatasetException.class)
          .hasMessageStartingWith("none of 4 records can be used: a.jsonl:1 (no JSON")
          .hasMessageContaining("a.jsonl:3 (no JSON")
          .hasMessageContaining("), …. Repair them")
          .hasMessageNotContaining("max_quarantined_fraction");
    }
  }

  @Test
  void aSourceWithoutTheFormatsFilesIsRefused() throws IOException {
    write("a.txt", "text");
    assertThatThrownBy(() -> prepare(TextFormat.RECORDS))
        .isInstanceOf(UnusableDatasetException.class)
        .hasMessageContaining("none of 1 files ends in .jsonl")
        .hasMessageContaining("'a.txt'");
  }

  @Test
  void aTextFileIsADocument() throws IOException {
    write("b/two.txt", "\uFEFFzwei\n Zeilen\n");
    write("a.txt", "one");
    write("empty.txt", " \n");
    TextManifest manifest = prepare(TextFormat.TEXT);

    assertThat(manifest.fields()).containsExactly("id", "text");
    assertThat(manifest.quarantine()).containsExactly(new Quarantined("empty.txt", "empty"));
    PreparedText text = prepared();
    assertThat(text.record(0).id()).isEqualTo("a.txt");
    assertThat(TextTemplate.parse("{text}").of(text.record(1))).isEqualTo("zwei\n Zeilen\n");
  }

  @Test
  void shardsAreCutAtTheirSizeAndAnyRecordIsFound() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      lines.append("{\"id\": %d, \"a\": \"%s\"}%n".formatted(i, "x".repeat(i)));
    }
    write("a.jsonl", lines.toString());
    TextManifest manifest = prepare(TextFormat.RECORDS, new TextPreparation(0, 300), "target");

    assertThat(manifest.shards()).hasSizeGreaterThan(10);
    assertThat(manifest.shards()).allSatisfy(shard -> assertThat(shard.bytes()).isLessThan(301));
    PreparedText text = prepared();
    for (int i : new int[] {99, 0, 57}) {
      assertThat(text.record(i).fields().path("a").asText()).hasSize(i);
    }
  }

  @Test
  void equalDataGivesEqualBytesAndTheSplitFollowsContents() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add("{\"id\": \"r%d\", \"a\": %d}".formatted(i, i * i));
    }
    write("a.jsonl", String.join("\n", lines));
    prepare(TextFormat.RECORDS);
    prepare(TextFormat.RECORDS, new TextPreparation(1), "again");
    for (String file : List.of("manifest.json", "index.jsonl", "000000.jsonl")) {
      assertThat(temporary.resolve("again").resolve(file))
          .hasSameBinaryContentAs(temporary.resolve("target").resolve(file));
    }
    Split split = prepared().split(0.1, 0);
    assertThat(split.validation()).hasSize(20);
    assertThat(split.training()).hasSize(180);
    Set<String> held = ids(prepared(), split.validation());

    java.util.Collections.reverse(lines);
    write("a.jsonl", String.join("\n", lines));
    prepare(TextFormat.RECORDS, new TextPreparation(1), "reversed");
    PreparedText reversed = PreparedText.open(temporary.resolve("reversed"));
    assertThat(ids(reversed, reversed.split(0.1, 0).validation())).isEqualTo(held);
  }

  private static Set<String> ids(PreparedText text, int[] positions) {
    return new HashSet<>(Arrays.stream(positions).mapToObj(i -> text.record(i).id()).toList());
  }

  @Test
  void aShardThatWasCutIsRefused() throws IOException {
    write("a.jsonl", "{\"a\": 1}\n{\"a\": 2}");
    prepare(TextFormat.RECORDS);
    Files.writeString(temporary.resolve("target/000000.jsonl"), "{\"a\": 1}\n");
    assertThatThrownBy(this::prepared)
        .isInstanceOf(UnusableDatasetException.class)
        .hasMessageContaining("shard '000000.jsonl' has 9 bytes");
  }

  @Test
  void realRecordsArePrepared() throws IOException {
    Path shared = Path.of(System.getProperty("kedge.shared", "none")).resolve("data/lm");
    assumeTrue(Files.isDirectory(shared), "skipped: no shared data at " + shared);
    Files.copy(shared.resolve("medmcqa-test.jsonl"), source.resolve("medmcqa-test.jsonl"));
    TextManifest manifest = prepare(TextFormat.RECORDS);
    assertThat(manifest.records()).isEqualTo(1000);
    assertThat(manifest.fields()).containsExactly("answer", "choices", "id", "question", "subject");
    assertThat(TextTemplate.parse("{choices[answer]}").of(prepared().record(0))).isEqualTo("S3");
    try (FileTree tree = FileTree.open(source, temporary)) {
      assertThat(TextSummary.of(tree, TextFormat.RECORDS, Columns.AS_THEY_ARE))
          .isEqualTo(new TextSummary(1000, manifest.fields()));
    }
  }
}
