package dev.kedge.dataprep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.TestingService;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.testing.TestingContext;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own with little memory, killed outright while it prepares. */
class KilledPreparationTest {
  private static final Pattern WENT_ON = Pattern.compile("went on from (\\d+) parts .*");
  private static final int PARTS_BEFORE_THE_END = 1;

  @TempDir static Path disk;
  private static EmbeddedS3 s3;
  private static ObjectStore objects;
  private static ProjectStore store;

  @BeforeAll
  static void anEmptyProject() {
    s3 = EmbeddedS3.start(disk.resolve("s3"));
    objects = ObjectStore.open(s3.access("kedge", S3Settings::of));
    store = new ProjectStore(objects, "default", new BlobCache(disk.resolve("cache"), 1L << 30));
  }

  @AfterAll
  static void close() throws Exception {
    objects.close();
    s3.close();
  }

  @Test
  void recordsGoOnFromTheirFinishedParts() throws Exception {
    Path folder = Files.createDirectories(disk.resolve("records"));
    try (BufferedWriter lines = Files.newBufferedWriter(folder.resolve("qa.jsonl"))) {
      for (int i = 0; i < 70_000; i++) {
        lines.write("{\"id\": %d, \"question\": \"what is %d?\", \"answer\": 1}\n".formatted(i, i));
      }
    }
    assertGoesOn("RECORDS", folder, 5);
  }

  @Test
  void picturesGoOnFromTheirFinishedParts() throws Exception {
    Path folder = Files.createDirectories(disk.resolve("pictures"));
    try (var out = new BufferedOutputStream(Files.newOutputStream(folder.resolve("all.tar")));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (int i = 0; i < 17_000; i++) {
        byte[] picture = png(i);
        TarArchiveEntry entry = new TarArchiveEntry("class/%05d.png".formatted(i));
        entry.setSize(picture.length);
        tar.putArchiveEntry(entry);
        tar.write(picture);
        tar.closeArchiveEntry();
      }
    }
    assertGoesOn("IMAGE_FOLDER", folder, 5);
  }

  @Test
  void aPictureThatTheHeapHasNoRoomForIsNamedAndNotTriedAgain() throws Exception {
    Path folder = Files.createDirectories(disk.resolve("large"));
    byte[] large = png(1);
    ByteBuffer.wrap(large).putInt(16, 5000).putInt(20, 4000);
    Files.write(Files.createDirectories(folder.resolve("cat")).resolve("large.png"), large);
    String source = put("source", StageOutput.folder("source", folder, Map.of()));

    assertThat(process("IMAGE_FOLDER", source).start().waitFor()).isZero();

    assertThat(log())
        .contains("'cat/large.png' has 5000 x 4000 pixels, which take 115 MiB of the Java heap")
        .contains("Start this service with -Xmx241m or more", "reason: \"HEAP_TOO_SMALL\"")
        .containsPattern("key: \"retryable\"\\s+value: \"false\"");
  }

  private static byte[] png(int number) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    image.setRGB(number % 8, 3, number);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static void assertGoesOn(String format, Path folder, int parts) throws Exception {
    String source = put("source", StageOutput.folder("source", folder, Map.of()));
    int before = committed();
    Process process = process(format, source).start();
    while (committed() < before + PARTS_BEFORE_THE_END) {
      assertThat(process.isAlive()).as(log()).isTrue();
      Thread.sleep(50);
    }

    process.destroyForcibly().waitFor(); // SIGKILL
    int saved = committed() - before;

    assertThat(saved).as("parts that were saved").isBetween(PARTS_BEFORE_THE_END, parts - 1);
    try (TestingService service = PreparingProcess.service("later", objects, disk)) {
      TestingService.Told later = service.run(PreparingProcess.spec(format, source));
      assertThat(wentOnFrom(later)).isEqualTo(saved);
      assertThat(later.artifact()).isEqualTo(undisturbed(format, source, folder));
    }
  }

  private static int wentOnFrom(TestingService.Told told) {
    return told.lines().stream()
        .map(WENT_ON::matcher)
        .filter(Matcher::matches)
        .mapToInt(line -> Integer.parseInt(line.group(1)))
        .findFirst()
        .orElse(0);
  }

  private static ProcessBuilder process(String format, String source) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(PreparingProcess.class.getName());
    command.addAll(List.of(s3.endpoint().toString(), s3.credentials().accessKey()));
    command.add(s3.credentials().secretKey());
    command.addAll(List.of(disk.resolve("process").toString(), format, source));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(disk.resolve("log").toFile());
  }

  private static String log() throws IOException {
    return Files.readString(disk.resolve("log"));
  }

  /** What the same data is where nothing was saved before. */
  private static String undisturbed(String format, String source, Path folder) throws IOException {
    TestingContext context = new TestingContext(Files.createTempDirectory(disk, "scratch"));
    context.artifacts.put(source, folder);
    StageOutput made =
        new PrepareExecutor().execute(PreparingProcess.spec(format, source), context);
    return put("dataset", made);
  }

  /** Stages and parts of stages that have a result. */
  private static int committed() {
    return (int)
        objects.list("projects/default/stages/", "", 10_000).stream()
            .filter(object -> object.key().endsWith("/result.json"))
            .count();
  }

  private static String put(String kind, StageOutput output) {
    SortedMap<String, Blob> blobs = new TreeMap<>();
    ((StageOutput.NewFiles) output)
        .files()
        .forEach((name, file) -> blobs.put(name, store.blobs().put(file)));
    return store.artifacts().put(new Artifact(kind, blobs)).toString();
  }
}
