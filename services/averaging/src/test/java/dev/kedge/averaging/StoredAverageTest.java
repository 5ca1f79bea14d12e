package dev.kedge.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.TestingService;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.store.Artifact;
import dev.kedge.store.ArtifactView;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobCache;
import dev.kedge.store.Condition;
import dev.kedge.store.Digest;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From artifact to artifact, through an object store, whatever happens on the way. */
class StoredAverageTest {
  @TempDir static Path disk;
  private static EmbeddedS3 s3;
  private static ObjectStore objects;
  private static ProjectStore store;

  @BeforeAll
  static void anEmptyProject() {
    s3 = EmbeddedS3.start(disk.resolve("s3"));
    objects = ObjectStore.open(s3.access("kedge", S3Settings::of));
    store = new ProjectStore(objects, "default", new BlobCache(disk.resolve("cache"), 1 << 20));
  }

  @AfterAll
  static void close() throws Exception {
    objects.close();
    s3.close();
  }

  @Test
  void anAverageIsACheckpointThatCanBeAveragedAgain() throws Exception {
    String base = small("base", 0);
    String tuned = small("tuned", 1);

    int before = objects.list("projects/default/blobs/arriving/", "", 1000).size();
    String half = average(Recipes.half(base, tuned)).artifact();
    String threeQuarters = average(Recipes.half(half, tuned)).artifact();

    try (ArtifactView view = store.artifacts().materialise(Digest.parse(threeQuarters));
        Checkpoint checkpoint = Checkpoint.open(view.path())) {
      assertThat(checkpoint.floats("w")).containsExactly(0.75f, 2.75f);
      assertThat(checkpoint.floats("head.bias")).containsExactly(10.75f);
    }
    assertThat(objects.list("projects/default/blobs/arriving/", "", 1000)).hasSize(before);
  }

  @Test
  void memoryIsBoundedWhateverTheSize() throws Exception {
    String base = large("heavy-base", 3, 8 << 20, 0);
    String tuned = large("heavy-tuned", 3, 8 << 20, 1);

    Process process =
        process(1L << 40, base, tuned, "-Xmx112m", "-XX:MaxDirectMemorySize=24m").start();

    assertThat(process.waitFor()).as(log()).isZero();
    assertThat(log()).contains("artifact=sha256:");
  }

  @Test
  void anAverageWhoseProcessIsKilledGoesOnWithTheFileThatIsMissing() throws Exception {
    long bytes = 4L * (1 << 20);
    String base = large("killed-base", 12, 1 << 20, 0);
    String tuned = large("killed-tuned", 12, 1 << 20, 1);
    int before = committed();
    Process process = process(bytes, base, tuned, "-Xmx96m").start();
    while (committed() < before + 2) {
      assertThat(process.isAlive()).as(log()).isTrue();
      Thread.sleep(5);
    }

    process.destroyForcibly().waitFor(); // SIGKILL
    int saved = committed() - before;

    assertThat(saved).as("files saved before the end").isBetween(2, 11);
    TestingService.Told later = average(Recipes.half(base, tuned), bytes);
    assertThat(later.lines())
        .contains("goes on: %d of 12 weight files were saved before".formatted(saved));
    assertThat(later.artifact()).isEqualTo(undisturbed(base, tuned, bytes));
  }

  @Test
  void twoServicesThatAreAskedAtOnceMakeOneResult() throws Exception {
    String base = large("asked-base", 8, 1 << 20, 0);
    String tuned = large("asked-tuned", 8, 1 << 20, 1);
    StageSpec spec = Recipes.half(base, tuned);
    try (TestingService one = service("one", 1 << 20);
        TestingService other = service("other", 1 << 20)) {
      CompletableFuture<TestingService.Told> first = asked(one, spec);
      CompletableFuture<TestingService.Told> second = asked(other, spec);

      assertThat(first.get().artifact()).isEqualTo(second.get().artifact());
      assertThat(first.get().held() + second.get().held()).isPositive();
    }
  }

  @Test
  void aParentOfWhichAFileIsGoneIsRefusedBeforeWork() throws Exception {
    String base = small("whole", 0);
    String tuned = large("gone", 1, 1000, 1);
    String key =
        objects.list("projects/default/blobs/sha256/", "", 1000).stream()
            .map(ObjectInfo::key)
            .filter(name -> name.endsWith(weights(tuned).hex()))
            .findFirst()
            .orElseThrow();
    objects.delete(key);

    assertThatThrownBy(() -> average(Recipes.half(base, tuned)))
        .hasMessageContaining("the artifact %s is not complete in the store", tuned)
        .hasMessageContaining("model.safetensors");
  }

  @Test
  void aSpoiltParentIsFoundAndNothingIsCommitted() throws Exception {
    String base = large("sound", 2, 1000, 0);
    String tuned = large("spoilt", 2, 1000, 1);
    String hex = weights(tuned).hex();
    String key = "projects/default/blobs/sha256/" + hex.substring(0, 2) + "/" + hex;
    byte[] bytes = objects.get(key).bytes();
    bytes[bytes.length - 2] ^= 1;
    objects.put(key, bytes, Condition.ALWAYS);
    int before = committed();

    assertThatThrownBy(() -> average(Recipes.half(base, tuned), 4000))
        .hasMessageContaining("should be sha256:" + hex);

    assertThat(committed()).isEqualTo(before);
  }

  private static TestingService.Told average(StageSpec spec) throws Exception {
    return average(spec, 1L << 30);
  }

  private static TestingService.Told average(StageSpec spec, long shardBytes) throws Exception {
    try (TestingService service = service("service", shardBytes)) {
      return service.run(spec);
    }
  }

  private static TestingService service(String holder, long shardBytes) {
    return new TestingService(
        holder, objects, disk.resolve("services"), new AverageExecutor(shardBytes));
  }

  private static CompletableFuture<TestingService.Told> asked(
      TestingService service, StageSpec spec) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return service.run(spec);
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  private ProcessBuilder process(long shardBytes, String base, String tuned, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AveragingProcess.class.getName());
    command.addAll(List.of(s3.endpoint().toString(), s3.credentials().accessKey()));
    command.add(s3.credentials().secretKey());
    command.addAll(List.of(disk.resolve("process").toString(), "" + shardBytes, base, tuned));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(disk.resolve("log").toFile());
  }

  private static String log() throws IOException {
    return Files.readString(disk.resolve("log"));
  }

  /** What the same average is where nothing was saved before. */
  private String undisturbed(String base, String tuned, long shardBytes) throws IOException {
    TestingContext context = new TestingContext(Files.createTempDirectory(disk, "scratch"));
    try (ArtifactView one = store.artifacts().materialise(Digest.parse(base));
        ArtifactView other = store.artifacts().materialise(Digest.parse(tuned))) {
      context.artifacts.putAll(Map.of(base, one.path(), tuned, other.path()));
      var made =
          (StageOutput.Stored)
              new AverageExecutor(shardBytes).execute(Recipes.half(base, tuned), context);
      return new Artifact(made.artifactKind(), made.files()).digest().toString();
    }
  }

  /** Stages and parts of stages that have a result. */
  private static int committed() {
    return (int)
        objects.list("projects/default/stages/", "", 10_000).stream()
            .filter(object -> object.key().endsWith("/result.json"))
            .count();
  }

  private static Digest weights(String checkpoint) {
    return store.artifacts().get(Digest.parse(checkpoint)).files().get(Checkpoint.MODEL).digest();
  }

  private String small(String name, float shift) throws IOException {
    return put("checkpoint", files(TestingCheckpoint.write(disk.resolve(name), shift))).toString();
  }

  /** A checkpoint of equal numbers. */
  private String large(String name, int tensors, int elements, float value) throws IOException {
    Path folder = Files.createDirectories(disk.resolve(name));
    MemoryTensors all = new MemoryTensors();
    float[] values = new float[elements];
    Arrays.fill(values, value + name.length());
    for (int i = 0; i < tensors; i++) {
      all.put("w%02d".formatted(i), values, elements);
    }
    SafetensorsWriter.write(folder.resolve(Checkpoint.MODEL), all, Map.of());
    Files.writeString(folder.resolve("config.json"), "{}");
    return put("checkpoint", files(folder)).toString();
  }

  private Digest put(String kind, SortedMap<String, Path> files) {
    SortedMap<String, Blob> blobs = new TreeMap<>();
    files.forEach((name, file) -> blobs.put(name, store.blobs().put(file)));
    return store.artifacts().put(new Artifact(kind, blobs));
  }

  private static SortedMap<String, Path> files(Path folder) {
    return ((StageOutput.NewFiles) StageOutput.folder("checkpoint", folder, Map.of())).files();
  }
}
