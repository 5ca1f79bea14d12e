package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.store.BlobCache;
import dev.kedge.store.Condition;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.S3Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
  private CommitWatch commits;

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
    commits = new CommitWatch(store);
    commits.moveTo(project);
  }

  @Test
  void aResultThatStaysIsCommittedOnce() {
    put("result.json", "{}");
    commits.look();

    assertThat(commits.seen(project)).isEqualTo(1);
    assertThat(commits.replaced(project)).isEmpty();
  }

  @Test
  void aResultWithOtherBytesWasCommittedTwice() {
    put("result.json", "{}");
    commits.look();
    put("result.json", "{ }");
    commits.look();

    assertThat(commits.replaced(project)).singleElement().asString().contains("twice");
  }

  @Test
  void aResultWithTheSameBytesWasCommittedTwice() throws InterruptedException {
    put("result.json", "{}");
    commits.look();
    Thread.sleep(1_100);
    put("result.json", "{}");

    assertThat(commits.replaced(project)).singleElement().asString().contains("twice");
  }

  @Test
  void aResultThatIsGoneIsMissed() {
    put("result.json", "{}");
    commits.look();
    store.delete(key("result.json"));

    assertThat(commits.replaced(project)).singleElement().asString().contains("is gone");
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
  void aResultThatNoRecordNamesIsWrongAfterwards() {
    put("result.json", "{}");
    commits.look();

    assertThat(wrongAfterwards()).singleElement().asString().contains("no record names");
  }

  @Test
  void whatIsSavedOfAStageThatNeverEndedIsWrongAfterwards() {
    put("progress/blobs/sha256/a", "left");
    store.put(
        "projects/%s/experiments/e".formatted(project),
        "{\"key\": \"%s\"}".formatted(KEY).getBytes(StandardCharsets.UTF_8),
        Condition.ALWAYS);

    assertThat(wrongAfterwards()).singleElement().asString().contains("gc leaves");
  }

  private List<String> wrongAfterwards() {
    SoakLog log = new SoakLog(disk.resolve(project + ".log"));
    BlobCache cache = new BlobCache(disk.resolve(project), 1);
    return new Aftermath(store, cache, commits, log).wrong(project);
  }

  private void put(String name, String content) {
    store.put(key(name), content.getBytes(StandardCharsets.UTF_8), Condition.ALWAYS);
  }

  private String key(String name) {
    return "projects/%s/stages/%s/%s".formatted(project, KEY, name);
  }
}
