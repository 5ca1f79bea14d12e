package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobCache;
import dev.kedge.store.Condition;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.store.StageResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What is looked for in a store, and found where it is put there. */
class AfterwardsTest {
  private static final String KEY = "5".repeat(64);

  @TempDir private static Path disk;
  private static EmbeddedS3 s3;
  private static ObjectStore store;

  private String project;

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

  @Test
  void whatNextAttemptsWouldReadFirstIsFound() throws Exception {
    put("lease.json", "{\"holder\": \"node/4711\", \"released\": false}");
    put("progress/manifests/1-1.json", "a");
    put("progress/manifests/1-2.json", "b");
    put("progress/blobs/sha256/a", "of the older one");
    put("progress/blobs/sha256/b", "of the newest");

    assertThat(UnfinishedStage.of(store, project))
        .singleElement()
        .satisfies(
            stage -> {
              assertThat(stage.holder()).contains(4711L);
              assertThat(stage.newestFiles())
                  .extracting(ObjectInfo::key)
                  .containsExactly(key("progress/blobs/sha256/b"));
            });
  }

  @Test
  void aCommittedStageIsNotUnfinished() {
    put("lease.json", "{\"holder\": \"node/4711\", \"released\": false}");
    put("progress/manifests/1-1.json", "a");
    put("progress/blobs/sha256/a", "bytes");
    UnfinishedStage before = UnfinishedStage.of(store, project).get(0);
    put("result.json", "{}");

    assertThat(UnfinishedStage.of(store, project)).isEmpty();
    assertThat(before.newestFiles()).isEmpty();
  }

  @Test
  void aResultThatNoRecordNamesIsWrongAfterwards() throws Exception {
    put("result.json", "{}");

    assertThat(wrongAfterwards()).singleElement().asString().contains("no record names");
  }

  @Test
  void whatIsSavedOfAStageThatNeverEndedIsWrongAfterwards() throws Exception {
    put("progress/blobs/sha256/a", "left");
    recordOfTheStage();

    assertThat(wrongAfterwards()).singleElement().asString().contains("gc leaves");
  }

  @Test
  void aResultWithOtherBytesIsNotWholeThoughAllItsFilesAreThere() throws Exception {
    recordOfTheStage();
    Blob file = committed("the weights");
    String hex = file.digest().hex();
    String blob = "projects/%s/blobs/sha256/%s/%s".formatted(project, hex.substring(0, 2), hex);
    store.put(blob, "the_weights".getBytes(StandardCharsets.UTF_8), Condition.ALWAYS);

    assertThat(wrongAfterwards()).singleElement().asString().contains("not whole").contains(hex);
  }

  @Test
  void aWholeResultIsNotWrongAfterwards() throws Exception {
    recordOfTheStage();
    Blob unused = committed("the weights");

    assertThat(wrongAfterwards()).isEmpty();
  }

  private Blob committed(String content) {
    ProjectStore files = new ProjectStore(store, project, cache());
    Blob file = files.blobs().put(content.getBytes(StandardCharsets.UTF_8));
    var artifact = new Artifact("checkpoint", new TreeMap<>(Map.of("weights", file)));
    var nothing = JsonNodeFactory.instance.objectNode();
    var unused =
        files
            .results()
            .commit(KEY, new StageResult(files.artifacts().put(artifact), nothing, nothing));
    return file;
  }

  private void recordOfTheStage() {
    store.put(
        "projects/%s/experiments/e".formatted(project),
        "{\"key\": \"%s\"}".formatted(KEY).getBytes(StandardCharsets.UTF_8),
        Condition.ALWAYS);
  }

  private List<String> wrongAfterwards() throws InterruptedException {
    SoakLog log = new SoakLog(disk.resolve(project + ".log"));
    return new Aftermath(store, cache(), disk, log).wrong(project, List.of(), new Damage());
  }

  private BlobCache cache() {
    return new BlobCache(disk.resolve(project), 1);
  }

  private void put(String name, String content) {
    store.put(key(name), content.getBytes(StandardCharsets.UTF_8), Condition.ALWAYS);
  }

  private String key(String name) {
    return "projects/%s/stages/%s/%s".formatted(project, KEY, name);
  }
}
