package dev.kedge.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.stage.TestingService;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a store whose disk is as small as a full one; only root can make one. */
@Timeout(240)
class FullStoreTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path home;
  private Path disk;
  private EmbeddedS3 s3;
  private ObjectStore objects;
  private ProjectStore store;

  @BeforeEach
  void aStoreOnASmallDisk() throws Exception {
    disk = Files.createDirectories(home.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=24m", "none", disk.toString()),
        "no file system can be mounted here, so a full store cannot be tried");
    s3 = EmbeddedS3.start(disk.resolve("s3"));
    objects = ObjectStore.open(s3.access("kedge", S3Settings::of));
    store = new ProjectStore(objects, "default", new BlobCache(home.resolve("cache"), MEGABYTE));
  }

  @AfterEach
  void unmount() throws Exception {
    if (s3 != null) {
      objects.close();
      s3.close();
    }
    run("umount", disk.toString());
  }

  @Test
  void anAverageSaysThatTheStoreIsFullWaitsForRoomAndLeavesNothingHalf() throws Exception {
    String base = checkpoint("base", 0);
    String tuned = checkpoint("tuned", 1);
    Path others = disk.resolve("others");
    Files.write(others, new byte[13 * MEGABYTE]);

    try (TestingService service =
        new TestingService("service", objects, home, new AverageExecutor())) {
      CompletableFuture<TestingService.Told> asked = asked(service, base, tuned);
      while (waiting(service).isEmpty()) {
        assertThat(asked).isNotDone();
        Thread.sleep(20);
      }
      assertThat(keys("artifacts/")).as("the parents").hasSize(2);
      assertThat(keys("stages/")).noneMatch(key -> key.endsWith("/result.json"));

      Files.delete(others);
      asked.get();
      assertThat(waiting(service))
          .singleElement()
          .asString()
          .contains("the object store " + s3.endpoint() + " is full", "make room there");
      assertThat(keys("artifacts/")).hasSize(3);
      assertThat(keys("blobs/arriving/")).isEmpty();
    }
  }

  private static List<String> waiting(TestingService service) {
    return service.lines().stream().filter(line -> line.startsWith("waits for room: ")).toList();
  }

  private static CompletableFuture<TestingService.Told> asked(
      TestingService service, String base, String tuned) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return service.run(Recipes.half(base, tuned));
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  private List<String> keys(String folder) {
    return objects.list("projects/default/" + folder, "", 1000).stream()
        .map(ObjectInfo::key)
        .toList();
  }

  /** Of four megabytes. */
  private String checkpoint(String name, float value) throws IOException {
    Path file = home.resolve(name);
    float[] values = new float[MEGABYTE];
    values[0] = value;
    SafetensorsWriter.write(file, new MemoryTensors().put("w", values, MEGABYTE), Map.of());
    Blob config = store.blobs().put("{}".getBytes(StandardCharsets.UTF_8));
    Map<String, Blob> files =
        Map.of("config.json", config, Checkpoint.MODEL, store.blobs().put(file));
    return store.artifacts().put(new Artifact("checkpoint", new TreeMap<>(files))).toString();
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
