package dev.kedge.dataprep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.data.IndexedSample;
import dev.kedge.data.PreparedDataset;
import dev.kedge.data.Quarantined;
import dev.kedge.data.text.PreparedText;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.testing.TestingContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people hand in: each record is kept or left out with its reason, and the sum is all. */
class NastyFilesTest {
  private static final String SOURCE = "sha256:source";
  private static final int LONG_LINE = 50 << 20;

  @TempDir private Path source;
  @TempDir private Path scratch;
  private TestingContext context;

  @BeforeEach
  void aStage() {
    context = new TestingContext(scratch);
    context.artifacts.put(SOURCE, source);
  }

  @Test
  void everyPictureIsKeptOrLeftOutWithItsReason() throws IOException {
    byte[] good = png(40, 30);
    write("Cat/good.png", good);
    write("cat/good.png", png(41, 30));
    write("cat/wrong-ending.jpg", png(42, 30));
    write("cat/truncated.png", Arrays.copyOf(good, good.length / 2));
    write("cat/zero.jpg", new byte[0]);
    write("cat/text.png", "no picture".getBytes(StandardCharsets.UTF_8));
    write("cat/huge.png", withSize(good, 30_000, 30_000));
    write("cat/Käse \u732b.png", png(43, 30));
    write("README.md", good);

    assertThat(prepared(PrepareSpec.Format.IMAGE_FOLDER).metrics()).containsEntry("samples", 4.0);

    PreparedDataset dataset = PreparedDataset.open(scratch.resolve("dataset"));
    assertThat(dataset.classes()).as("case tells classes apart").containsExactly("Cat", "cat");
    assertThat(reasons(dataset.manifest().quarantine()))
        .containsOnlyKeys(
            "README.md", "cat/truncated.png", "cat/zero.jpg", "cat/text.png", "cat/huge.png")
        .containsEntry("cat/zero.jpg", "an empty file")
        .containsEntry("cat/text.png", "no JPEG, PNG, WebP or GIF file")
        .containsEntry("README.md", "not at CLASS/NAME")
        .hasEntrySatisfying("cat/huge.png", why -> assertThat(why).startsWith("30000 x 30000"));
    assertThat(dataset.size() + dataset.manifest().quarantine().size()).isEqualTo(9);
  }

  @Test
  void namesThatAreNotUtf8AreKeptApart() throws IOException {
    Path tar = source.resolve("photos.tar");
    try (OutputStream file = Files.newOutputStream(tar);
        TarArchiveOutputStream out = new TarArchiveOutputStream(file, "ISO-8859-1")) {
      for (String name : List.of("dog/caf\u00e9.png", "dog/caf\u00e8.png", "dog/plain.png")) {
        entry(out, name, png(name.length(), 9));
      }
    }
    assertThat(outcome(PrepareSpec.Format.IMAGE_FOLDER)).isEqualTo("3 kept, 0 left out");
    assertThat(PreparedDataset.open(scratch.resolve("dataset")).samples())
        .extracting(IndexedSample::source)
        .containsExactly("dog/caf\u00e8.png", "dog/caf\u00e9.png", "dog/plain.png");
  }

  @Test
  void namesInAZipAreReadAsItDeclaresThem() throws IOException {
    try (OutputStream file = Files.newOutputStream(source.resolve("a.zip"));
        ZipOutputStream zip = new ZipOutputStream(file, Charset.forName("IBM437"))) {
      for (String name : List.of("dog/caf\u00e9.png", "dog/caf\u00e8.png", "dog/plain.png")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(png(name.length(), 9));
      }
    }
    assertThat(outcome(PrepareSpec.Format.IMAGE_FOLDER)).isEqualTo("3 kept, 0 left out");
    assertThat(PreparedDataset.open(scratch.resolve("dataset")).samples())
        .extracting(IndexedSample::source)
        .containsExactly("dog/caf\u00e8.png", "dog/caf\u00e9.png", "dog/plain.png");
  }

  @Test
  void pathsThatLeadOutsideAreRefusedAndNothingIsWrittenThere() throws IOException {
    try (OutputStream file = Files.newOutputStream(source.resolve("a.tar"));
        TarArchiveOutputStream out = new TarArchiveOutputStream(file)) {
      entry(out, "cat/../../../escaped.png", png(3, 3));
    }
    assertRefused("HOSTILE_ARCHIVE", "leads upwards");
    assertThat(source.resolveSibling("escaped.png")).doesNotExist();
  }

  @Test
  void aZipThatUnpacksToFarMoreIsLeftOutByItsSizeNotUnpacked() throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(source.resolve("a.zip")))) {
      zip.putNextEntry(new ZipEntry("cat/bomb.png"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 80; i++) {
        zip.write(zeros);
      }
      zip.putNextEntry(new ZipEntry("cat/good.png"));
      zip.write(png(5, 5));
    }
    assertThat(outcome(PrepareSpec.Format.IMAGE_FOLDER)).isEqualTo("1 kept, 1 left out");
    assertThat(context.lines)
        .first()
        .asString()
        .contains("the limit for one picture is 67,108,864");
  }

  @Test
  void aTruncatedTarIsRefusedByTheFileThatItEndsIn() throws IOException {
    Path tar = source.resolve("a.tar");
    try (OutputStream file = Files.newOutputStream(tar);
        TarArchiveOutputStream out = new TarArchiveOutputStream(file)) {
      entry(out, "cat/1.png", png(5, 5));
      entry(out, "cat/2.png", png(500, 500));
    }
    byte[] whole = Files.readAllBytes(tar);
    Files.write(tar, Arrays.copyOf(whole, 1536 + 600));
    assertRefused("UNUSABLE_DATA", "'a.tar' is a broken tar: it ends within 'cat/2.png'");
  }

  @Test
  void everyRowOfATableIsKeptOrLeftOutWithItsLine() throws IOException {
    write("a.csv", "q,a\n1,2\nx\"y,2\n\"open,3\n4,5\n6\n7,8\n".getBytes(StandardCharsets.UTF_8));
    assertThat(outcome(PrepareSpec.Format.RECORDS)).isEqualTo("3 kept, 3 left out");
    assertThat(reasons(PreparedText.open(scratch.resolve("dataset")).manifest().quarantine()))
        .containsOnly(
            Map.entry("a.csv:3", "a broken quote"),
            Map.entry("a.csv:4", "a broken quote"),
            Map.entry("a.csv:6", "1 values for 2 columns"));
  }

  @Test
  void aLineOf50MegabytesIsLeftOutAndTheNextOneKept() throws IOException {
    try (OutputStream out = Files.newOutputStream(source.resolve("a.jsonl"))) {
      out.write("{\"q\": \"".getBytes(StandardCharsets.UTF_8));
      byte[] block = new byte[1 << 20];
      Arrays.fill(block, (byte) 'x');
      for (int i = 0; i < LONG_LINE; i += block.length) {
        out.write(block);
      }
      out.write("\"}\n{\"q\": 1}\n{\"q\": \"\\ud800".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(outcome(PrepareSpec.Format.RECORDS)).isEqualTo("1 kept, 2 left out");
    assertThat(context.lines)
        .first()
        .asString()
        .contains("a.jsonl:1 (longer than 16,777,216 bytes");
  }

  private String outcome(PrepareSpec.Format format) throws IOException {
    Map<String, Double> metrics = prepared(format).metrics();
    return "%.0f kept, %.0f left out".formatted(metrics.get("samples"), metrics.get("quarantined"));
  }

  private StageOutput prepared(PrepareSpec.Format format) throws IOException {
    PrepareSpec.Builder spec =
        PrepareSpec.newBuilder()
            .setSource(Input.newBuilder().setArtifact(SOURCE))
            .setFormat(format)
            .setMaxQuarantinedFraction(0.9);
    return new PrepareExecutor().execute(StageSpec.newBuilder().setPrepare(spec).build(), context);
  }

  private void assertRefused(String reason, String message) {
    assertThatExceptionOfType(StageException.class)
        .isThrownBy(() -> prepared(PrepareSpec.Format.IMAGE_FOLDER))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Map<String, String> reasons(List<Quarantined> quarantine) {
    return quarantine.stream().collect(Collectors.toMap(Quarantined::path, Quarantined::reason));
  }

  private void write(String path, byte[] bytes) throws IOException {
    Files.createDirectories(source.resolve(path).getParent());
    Files.write(source.resolve(path), bytes);
  }

  private static void entry(TarArchiveOutputStream out, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    out.putArchiveEntry(entry);
    out.write(bytes);
    out.closeArchiveEntry();
  }

  private static byte[] withSize(byte[] png, int width, int height) {
    byte[] changed = png.clone();
    ByteBuffer.wrap(changed).putInt(16, width).putInt(20, height);
    return changed;
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      image.setRGB(x, x % height, 0x010203 * x);
    }
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
