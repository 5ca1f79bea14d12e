package dev.kedge.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.store.StageResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A stage in a store, in a project of each test's own. */
abstract class CommittedStage {
  static final String KEY = "5".repeat(64);

  @TempDir static Path disk;
  static ObjectStore store;
  private static EmbeddedS3 s3;

  String project;

  @BeforeAll
  static void start() {
    s3 = EmbeddedS3.start(disk.resolve("s3"));
    store =
        ObjectStore.open(
            S3Settings.of(
                s3.endpoint(),
                "kedge",
                s3.credentials().accessKey(),
                s3.credentials().secretKey()));
  }

  @AfterAll
  static void stop() {
    store.close();
    s3.close();
  }

  @BeforeEach
  void ownProject(TestInfo test) {
    project = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
  }

  /** Commits the stage, whose output has one file. */
  Artifact commit() {
    Blob weights = files().blobs().put("the weights".getBytes(StandardCharsets.UTF_8));
    var made = new Artifact("checkpoint", new TreeMap<>(Map.of("weights", weights)));
    var nothing = JsonNodeFactory.instance.objectNode();
    var unused =
        files()
            .results()
            .commit(KEY, new StageResult(files().artifacts().put(made), nothing, nothing));
    return made;
  }

  ProjectStore files() {
    return new ProjectStore(store, project, cache());
  }

  BlobCache cache() {
    return new BlobCache(disk.resolve(project), 1);
  }
}
