package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressStoreTest extends StoreContract {
  private ProgressStore store;

  @BeforeEach
  void openProgress() {
    store = project.progress(STAGE);
  }

  @Test
  void aStageWithoutProgressBeginsAtItsBeginning() {
    assertThat(store.newest()).isEmpty();
  }

  @Test
  void theNewestProgressComesBackWithItsFilesAndState() {
    save(1, 100);
    Progress saved = save(1, 200);
    try (Resumption resumption = newest()) {
      assertThat(resumption.progress()).isEqualTo(saved);
      assertThat(resumption.view().path().resolve("weights")).hasContent("weights at 200 of 1");
    }
  }

  @Test
  void progressIsOrderedByNumberAndNotByDigits() {
    save(1, 9);
    save(1, 10);
    assertThat(newestStep()).isEqualTo(10);
  }

  @Test
  void filesWithoutTheirManifestAreNeverSeen() {
    save(1, 100);
    store.blobs().put(bytes("weights at 200 of 1"));
    assertThat(newestStep()).isEqualTo(100);
  }

  @Test
  void aManifestIsNotWrittenBeforeItsFiles() {
    Blob missing = new Blob(Digest.of(bytes("x")), 1);
    Progress early =
        new Progress(1, 5, CanonicalJson.tree(Map.of()), new TreeMap<>(Map.of("w", missing)));
    assertThatThrownBy(() -> store.save(early)).isInstanceOf(StoreException.NotFound.class);
    assertThat(store.newest()).isEmpty();
  }

  @Test
  void aSpoiltNewestFallsBackToTheOneBefore() {
    save(1, 100);
    Progress newest = save(1, 200);
    spoil(keyEnding(newest.files().get("weights").digest().hex()));
    assertThat(newestStep()).isEqualTo(100);
  }

  @Test
  void aTornManifestFallsBackToTheOneBefore() {
    save(1, 100);
    save(1, 200);
    objects.put(keyEnding("200.json"), bytes("{\"epoch\":1,\"st"), Condition.ALWAYS);
    assertThat(newestStep()).isEqualTo(100);
  }

  @Test
  void onlyTheTwoNewestAreKeptAndOnlyTheirFiles() {
    Progress oldest = save(1, 100);
    save(1, 200);
    save(1, 300);
    assertThat(objects.list("projects/" + projectName + "/stages/", "", 100)).hasSize(2 + 2 + 1);
    assertThat(store.blobs().contains(oldest.files().get("weights"))).isFalse();
    assertThat(store.blobs().contains(oldest.files().get("frozen"))).isTrue();
  }

  @Test
  void aZombiesProgressNeverHidesThatOfTheNewHolder() {
    save(1, 100);
    save(2, 110);
    save(1, 900);
    assertThat(newestStep()).isEqualTo(110);
  }

  @Test
  void nothingIsLeftOfAClearedStage() {
    save(1, 100);
    store.blobs().put(bytes("of a progress that was never saved"));
    store.clear();
    assertThat(objects.list("projects/" + projectName + "/", "", 100)).isEmpty();
    assertThat(store.newest()).isEmpty();
  }

  private Progress save(long epoch, long step) {
    Blob weights = store.blobs().put(bytes("weights at " + step + " of " + epoch));
    Blob frozen = store.blobs().put(bytes("frozen"));
    Progress progress =
        new Progress(
            epoch,
            step,
            CanonicalJson.tree(Map.of("cursor", "batch " + step)),
            new TreeMap<>(Map.of("weights", weights, "frozen", frozen)));
    store.save(progress);
    return progress;
  }

  private Resumption newest() {
    return store.newest().orElseThrow();
  }

  private long newestStep() {
    try (Resumption resumption = newest()) {
      return resumption.progress().step();
    }
  }
}
