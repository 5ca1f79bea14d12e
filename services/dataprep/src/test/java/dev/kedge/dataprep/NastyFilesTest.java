package dev.kedge.dataprep;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.data.IndexedSample;
import dev.kedge.data.PreparedDataset;
import dev.kedge.data.Quarantined;
import dev.kedge.data.text.PreparedText;
import dev.kedge.dataprep.Packing.Packed;
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
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people hand in, packed as they do: each record is kept or left out with its reason and the
 * sum is all, or the whole is refused with its reason.
 */
class NastyFilesTest {
  private static final String SOURCE = "sha256:source";
  private static final int LONG_LINE = 50 << 20;
  private static final int LARGEST_PICTURE = 64 << 20;
  private static final String HUGE =
      "30000 x 30000 pixels; the limit for one picture is 89,478,485";

  /** Places in a line of a zip's table of contents. */
  private static final int CHECKSUM = 16;

  private static final int PACKED = 20;
  private static final int UNPACKED = 24;

  @TempDir private Path folder;
  private Path source;
  private TestingContext context;

  @BeforeEach
  void aStage() throws IOException {
    source = Files.createDirectories(folder.resolve("source"));
    context = new TestingContext(Files.createDirectories(folder.resolve("scratch")));
    context.artifacts.put(SOURCE, source);
  }

  @ParameterizedTest
  @EnumSource(Packing.class)
  void everyPictureAndEveryRecordIsKeptOrLeftOutWithItsReason(Packing packing) throws IOException {
    List<Packed> good = goodPictures();
    Map<String, String> reasons = new TreeMap<>();
    List<Packed> files = new ArrayList<>(good);
    badPictures(files, reasons);
    packing.pack(files, source);

    StageOutput pictures = prepared(PrepareSpec.Format.IMAGE_FOLDER);

    PreparedDataset dataset = PreparedDataset.open(context.scratch().resolve("dataset"));
    assertThat(reasons(dataset.manifest().quarantine())).isEqualTo(reasons);
    assertThat(dataset.classes()).containsExactly("Cat", "cat");
    assertThat(dataset.samples().stream().map(IndexedSample::source).distinct())
        .as("every name is told from the others")
        .hasSize(good.size());
    assertThat(pictures.metrics())
        .containsEntry("samples", (double) good.size())
        .containsEntry("quarantined", (double) (files.size() - good.size()));
    assertThat(context.lines)
        .hasSize(reasons.size() + 2)
        .contains("WARNING left out cat/zero.jpg (an empty file)")
        .contains(
            "WARNING the classes [Cat, cat] differ by case alone: if they are one, rename them and"
                + " import the data again");

    aStageOnAnotherSource();
    packing.pack(tables(), source);

    StageOutput records = prepared(PrepareSpec.Format.RECORDS);

    PreparedText text = PreparedText.open(context.scratch().resolve("dataset"));
    assertThat(reasons(text.manifest().quarantine())).isEqualTo(reasonsOfTables());
    assertThat(records.metrics()).containsEntry("samples", 7.0).containsEntry("quarantined", 11.0);
  }

  private void aStageOnAnotherSource() throws IOException {
    source = Files.createDirectories(folder.resolve("another"));
    context = new TestingContext(Files.createDirectories(folder.resolve("another-scratch")));
    context.artifacts.put(SOURCE, source);
  }

  private static List<Packed> goodPictures() throws IOException {
    return List.of(
        new Packed("Cat/good.png", picture("png", 40)),
        new Packed("cat/good.png", picture("png", 41)),
        new Packed("cat/wrong-ending.jpg", picture("png", 42)),
        new Packed("cat/Käse \u732b+%41.png", picture("png", 43)),
        new Packed("cat/caf\u00e9.png", ISO_8859_1, picture("jpg", 44)),
        new Packed("cat/caf\u00e8.png", ISO_8859_1, picture("gif", 45)));
  }

  private static void badPictures(List<Packed> files, Map<String, String> reasons)
      throws IOException {
    byte[] png = picture("png", 40);
    byte[] jpg = picture("jpg", 40);
    byte[] gif = picture("gif", 40);
    byte[] large = new byte[LARGEST_PICTURE + 1];
    new Random(0).nextBytes(large);
    Map<String, byte[]> bad = new TreeMap<>();
    bad.put("README.md (not at CLASS/NAME)", png);
    bad.put("cat/zero.jpg (an empty file)", new byte[0]);
    bad.put("cat/text.png (no JPEG, PNG, WebP or GIF file)", "no picture".getBytes(UTF_8));
    bad.put(
        "cat/truncated.png (broken PNG: Error reading PNG image data)",
        Arrays.copyOf(png, png.length / 2));
    bad.put(
        "cat/truncated.jpg (truncated JPEG: Corrupt JPEG data: premature end of data segment)",
        Arrays.copyOf(jpg, jpg.length / 2));
    bad.put(
        "cat/truncated.gif (broken GIF: I/O error reading image!)",
        Arrays.copyOf(gif, gif.length / 2));
    bad.put("cat/huge.png (%s)".formatted(HUGE), hugePng(png));
    bad.put("cat/huge.jpg (%s)".formatted(HUGE), hugeJpeg(jpg));
    bad.put("cat/huge.gif (%s)".formatted(HUGE), hugeGif(gif));
    bad.put("cat/large.png (67,108,865 bytes; the limit for one picture is 67,108,864)", large);
    bad.forEach(
        (told, content) -> {
          String name = told.substring(0, told.indexOf(" ("));
          files.add(new Packed(name, content));
          reasons.put(name, told.substring(name.length() + 2, told.length() - 1));
        });
  }

  private static byte[] hugePng(byte[] png) {
    byte[] changed = png.clone();
    ByteBuffer.wrap(changed).putInt(16, 30_000).putInt(20, 30_000);
    return changed;
  }

  private static byte[] hugeGif(byte[] gif) {
    byte[] changed = gif.clone();
    ByteBuffer.wrap(changed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(6, (short) 30_000)
        .putShort(8, (short) 30_000);
    return changed;
  }

  private static byte[] hugeJpeg(byte[] jpeg) {
    byte[] changed = jpeg.clone();
    ByteBuffer bytes = ByteBuffer.wrap(changed);
    int frame = 0;
    while (bytes.getShort(frame) != (short) 0xFFC0) {
      frame++;
    }
    bytes.putShort(frame + 5, (short) 30_000).putShort(frame + 7, (short) 30_000);
    return changed;
  }

  private static List<Packed> tables() throws IOException {
    return List.of(
        table("README", "about"),
        table("a.csv", "q,a\n1,2\nx\"y,2\n\"open,3\n4,5\n6\n7,8\n"),
        new Packed("b.jsonl", longLine("{\"q\": 1}\n[1]\n{\"q\": \"\\ud800")),
        table("c.jsonl", ""),
        table("d.tsv", "q\ta\n1\t2\n3\n"),
        table("deep.jsonl", "[".repeat(2000) + "]".repeat(2000) + "\n{\"q\": 2}\n"),
        new Packed("latin.jsonl", new byte[] {'{', '"', (byte) 0xE9, '"', ':', '1', '}'}),
        new Packed("caf\u00e9.jsonl", ISO_8859_1, "{\"q\": 3}\n".getBytes(UTF_8)));
  }

  private static Packed table(String name, String text) {
    return new Packed(name, text.getBytes(UTF_8));
  }

  private static byte[] longLine(String after) {
    byte[] begin = "{\"q\": \"".getBytes(UTF_8);
    byte[] end = ("\"}\n" + after).getBytes(UTF_8);
    byte[] all = new byte[begin.length + LONG_LINE + end.length];
    Arrays.fill(all, (byte) 'x');
    System.arraycopy(begin, 0, all, 0, begin.length);
    System.arraycopy(end, 0, all, all.length - end.length, end.length);
    return all;
  }

  private static Map<String, String> reasonsOfTables() {
    return Map.ofEntries(
        entry("README", "does not end in .jsonl or .ndjson or .json or .csv or .tsv or .parquet"),
        entry("a.csv:3", "a broken quote"),
        entry("a.csv:4", "a broken quote"),
        entry("a.csv:6", "1 values for 2 columns"),
        entry("b.jsonl:1", "longer than 16,777,216 bytes, the most a record has"),
        entry("b.jsonl:3", "no JSON object: it must begin with { and end with }"),
        entry(
            "b.jsonl:4",
            "no JSON: Unexpected end-of-input: was expecting closing quote for a string value"),
        entry("c.jsonl", "an empty file"),
        entry("d.tsv:3", "1 values for 2 columns"),
        entry(
            "deep.jsonl:1",
            "no JSON: Document nesting depth (1001) exceeds the maximum allowed (1000, from"
                + " `StreamReadConstraints.getMaxNestingDepth()`)"),
        entry("latin.jsonl:1", "not UTF-8"));
  }

  @Test
  void aFileThatIsDamagedInItsZipIsLeftOutAlone() throws IOException {
    byte[] zip =
        Packing.ZIP.pack(
            folder,
            new Packed("cat/0.png", picture("png", 30)),
            new Packed("cat/1.png", picture("png", 31)),
            new Packed("cat/2.png", picture("png", 32)),
            new Packed("cat/3.png", picture("png", 33)));
    change(zip, 0, CHECKSUM, 1);
    change(zip, 1, UNPACKED, -7);
    change(zip, 2, PACKED, -9);
    Files.write(source.resolve("a.zip"), zip);
    assertThat(prepared(PrepareSpec.Format.IMAGE_FOLDER).metrics()).containsEntry("samples", 1.0);
    assertThat(context.lines.subList(0, 3))
        .containsExactly(
            "WARNING left out cat/0.png (damaged in its zip: not of the checksum that it tells)",
            "WARNING left out cat/1.png (damaged in its zip: not of the %,d bytes that it tells)"
                .formatted(picture("png", 31).length - 7),
            "WARNING left out cat/2.png (damaged in its zip: it ends early)");
  }

  /** Adds to a number in a zip's table of contents. */
  private static void change(byte[] zip, int entry, int field, int added) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int at = -1;
    for (int found = -1; found < entry; ) {
      at++;
      found += bytes.getInt(at) == 0x02014B50 ? 1 : 0;
    }
    bytes.putInt(at + field, bytes.getInt(at + field) + added);
  }

  /**
   * A source that is refused as a whole.
   *
   * @param make writes it
   */
  record Refused(String what, PrepareSpec.Format format, Make make, String reason, String message) {
    @Override
    public String toString() {
      return what;
    }
  }

  @FunctionalInterface
  interface Make {
    void into(Path source, Path scratch) throws IOException;
  }

  static Stream<Refused> refused() {
    return Stream.of(
        pictures(
            "a tar that leads upwards",
            packed(Packing.TAR, "cat/../../../escaped.png"),
            "HOSTILE_ARCHIVE",
            "the path 'cat/../../../escaped.png' leads upwards: pack the data again with plain"
                + " relative files"),
        pictures(
            "a zip that leads upwards",
            packed(Packing.ZIP, "../escaped.png"),
            "HOSTILE_ARCHIVE",
            "the path '../escaped.png' leads upwards: pack the data again with plain relative"
                + " files"),
        pictures(
            "a compressed tar with an absolute path",
            packed(Packing.TAR_GZ, "/tmp/escaped.png"),
            "HOSTILE_ARCHIVE",
            "the path '/tmp/escaped.png' is absolute: pack the data again with plain relative"
                + " files"),
        pictures(
            "a link in a tar",
            (source, scratch) -> link(source.resolve("a.tar")),
            "HOSTILE_ARCHIVE",
            "the path 'cat/1.png' is a link or a sparse file: pack the data again with"
                + " plain relative files"),
        pictures(
            "a link in a folder",
            (source, scratch) -> Files.createSymbolicLink(source.resolve("1.png"), scratch),
            "HOSTILE_ARCHIVE",
            "the path '1.png' is a link: pack the data again with plain relative files"),
        pictures(
            "a zip bomb",
            (source, scratch) -> Packing.ZIP.pack(List.of(bomb()), source),
            "HOSTILE_ARCHIVE",
            "'a.zip' unpacks to more than 67,108,864 bytes, the larger of 64 MiB and 20 times its"
                + " size: import it uncompressed"),
        pictures(
            "a gzip bomb",
            (source, scratch) -> Packing.TAR_GZ.pack(List.of(bomb()), source),
            "HOSTILE_ARCHIVE",
            "'a.tar.gz' unpacks to more than 67,108,864 bytes, the larger of 64 MiB and 20 times"
                + " its size: import it uncompressed"),
        pictures(
            "a tar that ends within a file",
            cut(Packing.TAR, 2000),
            "UNUSABLE_DATA",
            "'a.tar' is a broken tar: it ends within 'cat/2.png'"),
        pictures(
            "a tar that ends between two files",
            cut(Packing.TAR, 1024),
            "UNUSABLE_DATA",
            "'a.tar' is a broken tar: it was cut off, for it lacks the empty block that ends a"
                + " tar"),
        pictures(
            "a compressed tar that ends early",
            cut(Packing.TAR_GZ, 200),
            "UNUSABLE_DATA",
            "'a.tar.gz' is a broken gzip: Unexpected end of ZLIB input stream"),
        pictures(
            "a zip that ends early",
            cut(Packing.ZIP, 200),
            "UNUSABLE_DATA",
            "'a.zip' is a broken zip: zip END header not found"),
        pictures(
            "a file twice in a tar",
            packed(Packing.TAR, "cat/1.png", "./cat/1.png"),
            "UNUSABLE_DATA",
            "the archive holds 'cat/1.png' twice: pack the data again"),
        pictures(
            "a folder of nothing",
            (source, scratch) -> {},
            "UNUSABLE_DATA",
            "no file lies as CLASS/NAME.jpg among 0 files: put each picture into a folder named by"
                + " its class"),
        new Refused(
            "a list of files that is damaged in its zip",
            PrepareSpec.Format.IMAGE_TABLE,
            damaged("list.txt", "cat/1.png cat\n"),
            "UNUSABLE_DATA",
            "'list.txt' is damaged in its zip: not of the checksum that it tells. Pack the data again"),
        new Refused(
            "captions that are damaged in their zip",
            PrepareSpec.Format.IMAGE_CAPTIONS,
            damaged(
                "a.json",
                "{\"images\": [{\"id\": 1, \"file_name\": \"z.png\"}],"
                    + " \"annotations\": [{\"image_id\": 1, \"caption\": \"a cat\"}]}\n"),
            "UNUSABLE_DATA",
            "'a.json' is damaged in its zip: not of the checksum that it tells. Pack the data again"),
        records(
            "a table that is damaged in its zip",
            damaged("a.csv", "q\n1\n"),
            "'a.csv' is damaged in its zip: not of the checksum that it tells. Pack the data again"),
        records(
            "a table without names of columns",
            (source, scratch) -> Files.writeString(source.resolve("a.csv"), "q,\n1,2\n"),
            "the first line of 'a.csv' names no columns: a name is empty or there twice in [q, ]"),
        records(
            "a table that is no Parquet",
            (source, scratch) ->
                Files.writeString(source.resolve("a.parquet"), "q,a\n1,2\n".repeat(9)),
            "'a.parquet' is a broken Parquet file: Invalid Input Error: No magic bytes found at end"
                + " of file 'a.parquet'"));
  }

  private static Refused pictures(String what, Make make, String reason, String message) {
    return new Refused(what, PrepareSpec.Format.IMAGE_FOLDER, make, reason, message);
  }

  private static Refused records(String what, Make make, String message) {
    return new Refused(what, PrepareSpec.Format.RECORDS, make, "UNUSABLE_DATA", message);
  }

  private static Make packed(Packing packing, String... names) {
    return (source, scratch) -> {
      byte[] picture = picture("png", 3);
      packing.pack(Stream.of(names).map(name -> new Packed(name, picture)).toList(), source);
    };
  }

  /** A zip of a damaged file and a sound one. */
  private static Make damaged(String name, String text) {
    return (source, scratch) -> {
      byte[] zip = Packing.ZIP.pack(scratch, table(name, text), table("z.png", "no picture"));
      change(zip, 0, CHECKSUM, 1);
      Files.write(source.resolve("a.zip"), zip);
    };
  }

  private static Make cut(Packing packing, int bytes) {
    return (source, scratch) -> {
      byte[] noise = new byte[500];
      new Random(0).nextBytes(noise);
      byte[] whole =
          packing.pack(scratch, new Packed("cat/1.png", noise), new Packed("cat/2.png", noise));
      String ending = packing.name().toLowerCase(Locale.ROOT).replace('_', '.');
      Files.write(source.resolve("a." + ending), Arrays.copyOf(whole, bytes));
    };
  }

  private static Packed bomb() {
    return new Packed("cat/bomb.png", new byte[80 << 20]);
  }

  private static void link(Path tar) throws IOException {
    try (var out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      TarArchiveEntry link = new TarArchiveEntry("cat/1.png", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      out.putArchiveEntry(link);
      out.closeArchiveEntry();
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsRefusedAsAWholeTellsWhyAndLeavesNothingBehind(Refused refused) throws IOException {
    refused.make().into(source, Files.createDirectories(folder.resolve("making")));
    assertThatExceptionOfType(StageException.class)
        .isThrownBy(() -> prepared(refused.format()))
        .withMessage(refused.message())
        .satisfies(e -> assertThat(e.reason()).isEqualTo(refused.reason()));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .as("nothing is written outside")
          .containsExactlyInAnyOrder("source", "scratch", "making");
    }
  }

  @Test
  void namesInAZipAreReadAsItDeclaresThem() throws IOException {
    try (OutputStream file = Files.newOutputStream(source.resolve("a.zip"));
        ZipOutputStream zip = new ZipOutputStream(file, Charset.forName("IBM437"))) {
      for (String name : List.of("dog/caf\u00e9.png", "dog/caf\u00e8.png", "dog/plain.png")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(picture("png", name.length()));
      }
    }
    prepared(PrepareSpec.Format.IMAGE_FOLDER);
    assertThat(PreparedDataset.open(context.scratch().resolve("dataset")).samples())
        .extracting(IndexedSample::source)
        .containsExactly("dog/caf\u00e8.png", "dog/caf\u00e9.png", "dog/plain.png");
  }

  private StageOutput prepared(PrepareSpec.Format format) throws IOException {
    PrepareSpec.Builder spec =
        PrepareSpec.newBuilder()
            .setSource(Input.newBuilder().setArtifact(SOURCE))
            .setFormat(format)
            .setMaxQuarantinedFraction(0.9);
    return new PrepareExecutor().execute(StageSpec.newBuilder().setPrepare(spec).build(), context);
  }

  private static Map<String, String> reasons(List<Quarantined> quarantine) {
    return quarantine.stream().collect(Collectors.toMap(Quarantined::path, Quarantined::reason));
  }

  private static byte[] picture(String format, int width) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(width, 30, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(width);
    for (int i = 0; i < 30 * width; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }
}
