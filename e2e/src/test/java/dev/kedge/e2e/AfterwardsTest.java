package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.store.Artifact;
import dev.kedge.store.Condition;
import dev.kedge.store.ObjectInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is looked for in a store, and found where it is put there. */
class AfterwardsTest extends CommittedStage {
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
    String hex = commit().files().get("weights").digest().hex();
    String blob = "projects/%s/blobs/sha256/%s/%s".formatted(project, hex.substring(0, 2), hex);
    store.put(blob, "the_weights".getBytes(StandardCharsets.UTF_8), Condition.ALWAYS);

    assertThat(wrongAfterwards()).singleElement().asString().contains("not whole").contains(hex);
  }

  @Test
  void aWholeResultIsNotWrongAfterwards() throws Exception {
    recordOfTheStage();
    Artifact unused = commit();

    assertThat(wrongAfterwards()).isEmpty();
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

  private void put(String name, String content) {
    store.put(key(name), content.getBytes(StandardCharsets.UTF_8), Condition.ALWAYS);
  }

  private String key(String name) {
    return "projects/%s/stages/%s/%s".formatted(project, KEY, name);
  }
}
