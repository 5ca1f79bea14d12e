package dev.kedge.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.stage.StageOutput;
import dev.kedge.store.Artifact;
import dev.kedge.store.ArtifactView;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobCache;
import dev.kedge.store.Digest;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From artifact to artifact, through an object store. */
class StoredAverageTest {
  @TempDir static Path disk;
  private static EmbeddedS3 s3;
  private static ObjectStore objects;
  private static ProjectStore store;

  @BeforeAll
  static void anEmptyProject() {
    s3 = EmbeddedS3.start(disk.resolve("s3"));
    objects =
        ObjectStore.open(
            S3Settings.of(
                s3.endpoint(),
                "kedge",
                s3.credentials().accessKey(),
                s3.credentials().secretKey()));
    store = new ProjectStore(objects, "default", new BlobCache(disk.resolve("cache"), 1 << 20));
  }

  @AfterAll
  static void close() throws Exception {
    objects.close();
    s3.close();
  }

  @Test
  void anAverageIsACheckpointThatCanBeAveragedAgain() throws IOException {
    Digest base = put("checkpoint", files(TestingCheckpoint.write(disk.resolve("base"), 0)));
    Digest tuned = put("checkpoint", files(TestingCheckpoint.write(disk.resolve("tuned"), 1)));

    Digest half = average(base, tuned, 0.5);
    Digest threeQuarters = average(half, tuned, 0.5);

    try (ArtifactView view = store.artifacts().materialise(threeQuarters);
        Checkpoint checkpoint = Checkpoint.open(view.path())) {
      assertThat(checkpoint.floats("w")).containsExactly(0.75f, 2.75f);
      assertThat(checkpoint.floats("head.bias")).containsExactly(10.75f);
    }
  }

  @Test
  void theSameRecipeIsTheSameArtifact() throws IOException {
    Digest base = put("checkpoint", files(TestingCheckpoint.write(disk.resolve("base"), 0)));
    Digest tuned = put("checkpoint", files(TestingCheckpoint.write(disk.resolve("tuned"), 1)));

    assertThat(average(base, tuned, 0.3)).isEqualTo(average(base, tuned, 0.3));
    assertThat(average(base, tuned, 0.3)).isNotEqualTo(average(base, tuned, 0.4));
  }

  private Digest average(Digest base, Digest tuned, double alpha) throws IOException {
    TestingContext context = new TestingContext(Files.createTempDirectory(disk, "scratch"));
    try (ArtifactView one = store.artifacts().materialise(base);
        ArtifactView other = store.artifacts().materialise(tuned)) {
      context.artifacts.putAll(Map.of(base.toString(), one.path(), tuned.toString(), other.path()));
      StageOutput output =
          new AverageExecutor()
              .execute(
                  Recipes.spec(Recipes.wiseFt(base.toString(), tuned.toString(), alpha)), context);
      StageOutput.NewFiles files = (StageOutput.NewFiles) output;
      return put(files.artifactKind(), files.files());
    }
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
