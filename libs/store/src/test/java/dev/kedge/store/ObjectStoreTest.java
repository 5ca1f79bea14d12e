package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectStoreTest extends StoreContract {
  private static final int RACERS = 16;
  private static final int WRITES = 300;

  private String key;

  @BeforeEach
  void chooseKey() {
    key = "projects/" + projectName + "/object";
  }

  @Test
  void whatWasWrittenIsRead() {
    String etag = objects.put(key, bytes("hello"), Condition.ALWAYS);
    assertThat(objects.get(key).bytes()).isEqualTo(bytes("hello"));
    assertThat(objects.get(key).etag()).isEqualTo(etag).isNotEmpty().doesNotContain("\"");
    assertThat(objects.head(key).orElseThrow())
        .returns(key, ObjectInfo::key)
        .returns(5L, ObjectInfo::size)
        .returns(etag, ObjectInfo::etag);
  }

  @Test
  void anEmptyObjectIsAnObject() {
    objects.put(key, bytes(""), Condition.ALWAYS);
    assertThat(objects.get(key).bytes()).isEmpty();
  }

  @Test
  void aRangeIsThatRange() throws Exception {
    objects.put(key, bytes("0123456789"), Condition.ALWAYS);
    try (InputStream in = objects.open(key, 3, 4)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes("3456"));
    }
  }

  @Test
  void aMissingObjectIsNotFound() {
    assertThat(objects.head(key)).isEmpty();
    assertThatThrownBy(() -> objects.get(key))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining(key);
    assertThatThrownBy(() -> objects.open(key, 0, 1)).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aDeletedObjectIsGoneAndDeletingItAgainIsFine() {
    objects.put(key, bytes("x"), Condition.ALWAYS);
    objects.delete(key);
    objects.delete(key);
    assertThat(objects.head(key)).isEmpty();
  }

  @Test
  void listingIsSortedAndGoesOnAfterAKey() {
    for (String name : List.of("b", "a/2", "c", "a/1")) {
      objects.put(key + "/" + name, bytes(name), Condition.ALWAYS);
    }
    assertThat(namesAfter("", 10)).containsExactly("a/1", "a/2", "b", "c");
    assertThat(namesAfter(key + "/a/2", 10)).containsExactly("b", "c");
    assertThat(namesAfter("", 3)).containsExactly("a/1", "a/2", "b");
  }

  @Test
  void aFolderTellsWhatLiesDirectlyInIt() {
    for (String name : List.of("b", "a/2", "ab", "a/1", "c/d/e")) {
      objects.put(key + "/" + name, bytes(name), Condition.ALWAYS);
    }
    FolderContents contents = objects.folder(key + "/");
    assertThat(contents.objects())
        .extracting(ObjectInfo::key)
        .containsExactly(key + "/ab", key + "/b");
    assertThat(contents.folders()).containsExactly(key + "/a/", key + "/c/");
    assertThat(objects.folder(key + "/none/").objects()).isEmpty();
  }

  private List<String> namesAfter(String after, int limit) {
    return objects.list(key + "/", after, limit).stream()
        .map(info -> info.key().substring(key.length() + 1))
        .toList();
  }

  @Test
  void aWriteIfAbsentLosesToWhatIsThere() {
    objects.put(key, bytes("first"), Condition.IF_ABSENT);
    assertThatThrownBy(() -> objects.put(key, bytes("second"), Condition.IF_ABSENT))
        .isInstanceOf(StoreException.ConditionFailed.class);
    assertThat(objects.get(key).bytes()).isEqualTo(bytes("first"));
  }

  @Test
  void aWriteIfUnchangedLosesToAChange() {
    String seen = objects.put(key, bytes("first"), Condition.ALWAYS);
    String current = objects.put(key, bytes("second"), Condition.ifUnchanged(seen));
    assertThatThrownBy(() -> objects.put(key, bytes("third"), Condition.ifUnchanged(seen)))
        .isInstanceOf(StoreException.ConditionFailed.class);
    assertThat(objects.get(key).etag()).isEqualTo(current);
  }

  @Test
  void aWriteIfUnchangedLosesToADeletion() {
    String seen = objects.put(key, bytes("first"), Condition.ALWAYS);
    objects.delete(key);
    assertThatThrownBy(() -> objects.put(key, bytes("second"), Condition.ifUnchanged(seen)))
        .isInstanceOf(StoreException.ConditionFailed.class);
  }

  @Test
  void aRaceOfSixteenToCreateHasOneWinner() throws Exception {
    for (int round = 0; round < 10; round++) {
      String contested = key + round;
      assertThat(winners(contested, Condition.IF_ABSENT)).hasSize(1);
    }
  }

  @Test
  void aRaceOfSixteenToReplaceHasOneWinner() throws Exception {
    for (int round = 0; round < 10; round++) {
      String seen = objects.put(key, bytes("start " + round), Condition.ALWAYS);
      List<String> winners = winners(key, Condition.ifUnchanged(seen));
      assertThat(winners)
          .containsExactly(new String(objects.get(key).bytes(), StandardCharsets.UTF_8));
    }
  }

  private List<String> winners(String contested, Condition condition) throws Exception {
    ExecutorService racers = Executors.newFixedThreadPool(RACERS);
    List<Callable<Stream<String>>> tries = new ArrayList<>();
    for (int racer = 0; racer < RACERS; racer++) {
      String name = "racer " + racer;
      tries.add(() -> writes(contested, name, condition));
    }
    List<String> winners = new ArrayList<>();
    for (Future<Stream<String>> result : racers.invokeAll(tries)) {
      winners.addAll(result.get().toList());
    }
    racers.shutdown();
    return winners;
  }

  @Test
  void aReadThatCrossesWritesHasTheVersionOfItsBytes() throws Exception {
    Map<String, String> contents = new HashMap<>();
    for (int i = 0; i < WRITES; i++) {
      contents.put(objects.put(key, bytes("content " + i), Condition.ALWAYS), "content " + i);
    }
    ExecutorService writer = Executors.newSingleThreadExecutor();
    Future<?> writing =
        writer.submit(
            () -> {
              for (int i = 0; i < WRITES; i++) {
                objects.put(key, bytes("content " + i), Condition.ALWAYS);
              }
            });
    while (!writing.isDone()) {
      StoredObject read = objects.get(key);
      assertThat(read.bytes()).isEqualTo(bytes(contents.get(read.etag())));
    }
    writing.get();
    writer.shutdown();
  }

  private Stream<String> writes(String contested, String name, Condition condition) {
    try {
      objects.put(contested, bytes(name), condition);
      return Stream.of(name);
    } catch (StoreException.ConditionFailed lost) {
      return Stream.empty();
    }
  }

  @Test
  void aStreamThatBreaksOffLeavesNoObject() {
    InputStream broken =
        new ExpectedContent(
            new ByteArrayInputStream(new byte[100]),
            new Blob(Digest.of(bytes("other")), 100),
            "the source");
    assertThatThrownBy(() -> objects.put(key, broken, 100))
        .isInstanceOf(StoreException.Corrupt.class)
        .hasMessageContaining("the source");
    assertThat(objects.head(key)).isEmpty();
  }
}
