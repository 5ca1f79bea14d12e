package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.store.garbage.Collected;
import dev.kedge.store.garbage.Collected.Amount;
import dev.kedge.store.garbage.GarbageCollection;
import dev.kedge.store.garbage.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GarbageCollectionTest extends StoreContract {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void whatARecordNamesStaysWithAllThatItNames() {
    Digest input = artifact("what it was made from");
    Digest output = artifact("what it made");
    String named =
        stage("named", output, Map.of("spec", Map.of("data", List.of(input.toString()))));
    record("experiments/e1", named);
    Digest forgotten = artifact("what nobody names");
    String unnamed = stage("unnamed", forgotten, Map.of());
    project.events(unnamed).append(1, 0, CanonicalJson.tree(Map.of("text", "a line")));

    Collected marked = collection(Duration.ZERO).remove();
    assertThat(marked.removed()).isEmpty();
    assertThat(marked.waiting()).containsOnlyKeys(Kind.STAGE, Kind.ARTIFACT, Kind.BLOB);
    Collected seen = collection(Duration.ZERO).look();
    Collected removed = collection(Duration.ZERO).remove();

    assertThat(removed.removed()).isEqualTo(marked.waiting()).isEqualTo(seen.removed());
    assertThat(removed.removed().get(Kind.BLOB)).isEqualTo(new Amount(1, 17));
    assertThat(removed.kept().get(Kind.ARTIFACT).things()).isEqualTo(2);
    assertThat(project.results().find(named)).isInstanceOf(StageLookup.Intact.class);
    assertThat(project.artifacts().isIntact(input)).isTrue();
    assertThat(project.results().find(unnamed)).isInstanceOf(StageLookup.Absent.class);
    assertThat(project.events(unnamed).read(EventLog.BEGINNING, 10)).isEmpty();
    assertThat(keys("artifacts/")).hasSize(2);
    assertThat(keys("blobs/")).hasSize(2);
    assertThat(keys("garbage/")).as("tombstones").hasSize(1).allMatch(key -> key.endsWith("/now"));
  }

  @Test
  void progressStaysUntilItsStageHasAResult() {
    String under = Digest.of(bytes("under way")).hex();
    record("experiments/e1", under);
    Digest output = artifact("what it made");
    String done = stage("done", output, Map.of());
    record("experiments/e2", done);
    for (String stage : List.of(under, done)) {
      project.progress(stage).blobs().put(bytes("saved on the way of " + stage));
    }

    collection(Duration.ZERO).remove();
    Collected removed = collection(Duration.ZERO).remove();

    assertThat(removed.removed()).containsOnlyKeys(Kind.PROGRESS);
    assertThat(keys("stages/" + under + "/progress/")).hasSize(1);
    assertThat(keys("stages/" + done + "/progress/")).isEmpty();
    assertThat(project.results().find(done)).isInstanceOf(StageLookup.Intact.class);
  }

  @Test
  void garbageStaysForTheTimeOfGrace() {
    Digest forgotten = artifact("what nobody names");
    Instant before = Instant.now();
    collection(DAY).remove();
    Collected again = collection(DAY).remove();
    assertThat(again.removed()).isEmpty();
    assertThat(again.next().orElseThrow())
        .isBetween(before.plus(DAY).minusSeconds(2), Instant.now().plus(DAY).plusSeconds(2));
    assertThat(project.artifacts().isIntact(forgotten)).isTrue();
  }

  @Test
  void aLookChangesNothing() {
    artifact("what nobody names");
    collection(Duration.ZERO).look();
    assertThat(collection(Duration.ZERO).look().removed()).isEmpty();
    assertThat(keys("garbage/")).isEmpty();
  }

  @Test
  void whatIsNamedAgainInTimeStays() {
    Digest output = artifact("wanted after all");
    String key = stage("wanted", output, Map.of());
    collection(Duration.ZERO).remove();
    record("experiments/e2", key);
    Collected second = collection(Duration.ZERO).remove();
    assertThat(second.removed()).isEmpty();
    assertThat(project.results().find(key)).isInstanceOf(StageLookup.Intact.class);
    assertThat(keys("garbage/")).as("no tombstone is left").hasSize(1);
  }

  @Test
  void whatIsWrittenAnewHasItsTimeAgain() {
    Blob blob = project.blobs().put(bytes("again"));
    collection(Duration.ZERO).remove();
    Instant marked = written("garbage/");
    do {
      objects.put(keyEnding("/" + blob.digest().hex()), bytes("again"), Condition.ALWAYS);
    } while (!written("blobs/").isAfter(marked));
    assertThat(collection(Duration.ZERO).remove().removed()).isEmpty();
    assertThat(project.blobs().contains(blob)).isTrue();
  }

  @Test
  void aRecordThatIsWrittenMeanwhileCounts() {
    Digest output = artifact("named at the last moment");
    String key = stage("late", output, Map.of());
    collection(Duration.ZERO).remove();
    Collected collected = removeWhile(() -> record("experiments/late", key));
    assertThat(collected.removed()).isEmpty();
    assertThat(project.results().find(key)).isInstanceOf(StageLookup.Intact.class);
  }

  @Test
  void whatIsWrittenMeanwhileKeepsWhatItNames() {
    Digest failed = artifact("imported twice");
    Blob blob = project.artifacts().get(failed).files().get("file");
    collection(Duration.ZERO).remove();
    Collected collected =
        removeWhile(
            () -> {
              Artifact again = new Artifact("again", new TreeMap<>(Map.of("same", blob)));
              record("datasets/d", project.artifacts().put(again).toString());
            });
    assertThat(collected.removed()).containsOnlyKeys(Kind.ARTIFACT);
    assertThat(project.blobs().contains(blob)).isTrue();
  }

  @Test
  void whatIsWrittenAnewMeanwhileStays() {
    Blob blob = project.blobs().put(bytes("met by a writer"));
    String key = Digest.of(bytes("taken up")).hex();
    project.events(key).append(1, 0, CanonicalJson.tree(Map.of("text", "a line")));
    collection(Duration.ZERO).remove();
    Instant marked = written("garbage/blobs/");
    Collected collected =
        removeWhile(
            () -> {
              do {
                objects.put(keyEnding("/" + blob.digest().hex()), bytes("it"), Condition.ALWAYS);
              } while (!written("blobs/").isAfter(marked));
              project.events(key).append(2, 0, CanonicalJson.tree(Map.of("text", "another")));
            });
    assertThat(collected.removed()).isEmpty();
    assertThat(project.events(key).read(EventLog.BEGINNING, 10)).hasSize(2);
  }

  @Test
  void theProgressAndThePartsOfAStageThatIsNotThroughStay() {
    String unfinished = Digest.of(bytes("unfinished")).hex();
    project.results().announcePart(unfinished, Digest.of(bytes("a part")).hex());
    String part = stage("a part", artifact("of the unfinished"), Map.of("partOf", unfinished));
    record("experiments/e6", unfinished);
    project.results().announcePart(Digest.of(bytes("through")).hex(), part("left behind"));
    record("experiments/e7", stage("through", artifact("all of it"), Map.of("parts", List.of())));

    collection(Duration.ZERO).remove();
    collection(Duration.ZERO).remove();

    assertThat(project.results().find(part)).isInstanceOf(StageLookup.Intact.class);
    assertThat(project.results().find(Digest.of(bytes("left behind")).hex()))
        .isInstanceOf(StageLookup.Absent.class);
  }

  /** Its output is lost, so it is made anew, from what it had saved. */
  @Test
  void theProgressAndThePartsOfAStageWhoseResultIsBrokenStay() {
    for (String broken : List.of("artifact lost", "file lost", "file cut")) {
      Digest output = artifact(broken);
      String key = stage(broken, output, Map.of());
      record("experiments/" + key.substring(0, 8), key);
      project.progress(key).blobs().put(bytes("saved on the way of " + broken));
      project.results().announcePart(key, part("a part of " + broken));
      Blob file = project.artifacts().get(output).files().get("file");
      switch (broken) {
        case "artifact lost" -> objects.delete(keyEnding(output.hex() + ".json"));
        case "file lost" -> objects.delete(keyEnding("/" + file.digest().hex()));
        default -> objects.put(keyEnding("/" + file.digest().hex()), bytes("f"), Condition.ALWAYS);
      }
    }

    collection(Duration.ZERO).remove();
    collection(Duration.ZERO).remove();

    for (String broken : List.of("artifact lost", "file lost", "file cut")) {
      String key = Digest.of(bytes(broken)).hex();
      assertThat(keys("stages/" + key + "/progress/")).as(broken).hasSize(1);
      assertThat(project.results().find(Digest.of(bytes("a part of " + broken)).hex()))
          .as(broken)
          .isInstanceOf(StageLookup.Intact.class);
    }
  }

  private String part(String name) {
    return stage(name, artifact(name), Map.of());
  }

  /** Collects; between the listing and the first removal, something happens. */
  private Collected removeWhile(Runnable meanwhile) {
    AtomicInteger looks = new AtomicInteger();
    ObjectStore watched =
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("folder") && looks.incrementAndGet() == 2) {
                    meanwhile.run();
                  }
                  try {
                    return method.invoke(objects, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    Collected collected =
        new ProjectStore(watched, projectName, cache("other"))
            .garbage(Duration.ZERO, (doing, done) -> {})
            .remove();
    assertThat(looks.get()).isGreaterThanOrEqualTo(2);
    return collected;
  }

  @Test
  void aPartKeepsNotWhatItWasMadeFor() {
    String whole = stage("whole", artifact("a whole"), Map.of());
    String part = stage("part", artifact("a part"), Map.of("partOf", whole));
    record("experiments/e3", part);
    collection(Duration.ZERO).remove();
    collection(Duration.ZERO).remove();
    assertThat(project.results().find(part)).isInstanceOf(StageLookup.Intact.class);
    assertThat(project.results().find(whole)).isInstanceOf(StageLookup.Absent.class);
  }

  @Test
  void whatAnImportAnsweredKeepsNothing() {
    Digest imported = artifact("imported");
    record("operations/o1", imported.toString());
    record("models/clip", artifact("another").toString());
    assertThat(collection(DAY).look().waiting().get(Kind.ARTIFACT).things()).isEqualTo(1);
  }

  @Test
  void nothingGoesWhereARecordCannotBeRead() {
    artifact("what nobody names");
    collection(Duration.ZERO).remove();
    objects.put(
        "projects/" + projectName + "/experiments/e4.json", bytes("{\"half"), Condition.ALWAYS);
    assertThatThrownBy(() -> collection(Duration.ZERO).remove())
        .isInstanceOf(StoreException.Corrupt.class)
        .hasMessageContainingAll("experiments/e4.json", "nothing is removed");
    assertThat(keys("blobs/")).hasSize(1);
  }

  @Test
  void whatAKilledProcessLeftOfAFileOnItsWayGoes() {
    Digest kept = artifact("kept");
    record("experiments/e6", stage("whole", kept, Map.of()));
    String root = keyEnding(kept.hex() + ".json").replaceFirst("artifacts/.*", "");
    objects.put(root + "blobs/arriving/left", bytes("half of it"), Condition.ALWAYS);

    assertThat(collection(Duration.ZERO).remove().waiting()).containsOnlyKeys(Kind.ARRIVAL);
    assertThat(keys("blobs/arriving/")).hasSize(1);
    assertThat(collection(Duration.ZERO).remove().removed().get(Kind.ARRIVAL))
        .isEqualTo(new Amount(1, 10));

    assertThat(keys("blobs/arriving/")).isEmpty();
  }

  @Test
  void nothingGoesWhereTheFilesOfAResultCannotBeRead() {
    Digest output = artifact("of a stage");
    record("experiments/e5", stage("spoilt", output, Map.of()));
    objects.put(keyEnding(output.hex() + ".json"), bytes("{\"half"), Condition.ALWAYS);
    assertThatThrownBy(() -> collection(Duration.ZERO).remove())
        .isInstanceOf(StoreException.Corrupt.class)
        .hasMessageContainingAll(output.hex() + ".json", "nothing is removed");
  }

  private GarbageCollection collection(Duration grace) {
    return project.garbage(grace, (doing, done) -> {});
  }

  private Digest artifact(String content) {
    Blob blob = project.blobs().put(bytes(content));
    return project.artifacts().put(new Artifact("test", new TreeMap<>(Map.of("file", blob))));
  }

  /** A committed stage. */
  private String stage(String name, Digest output, Map<String, ?> lineage) {
    String key = Digest.of(bytes(name)).hex();
    JsonNode nothing = CanonicalJson.tree(Map.of());
    project.results().commit(key, new StageResult(output, CanonicalJson.tree(lineage), nothing));
    return key;
  }

  private void record(String path, String name) {
    project.records().create(path, bytes("{\"stages\": [{\"key\": \"" + name + "\"}]}"));
  }

  private List<String> keys(String folder) {
    return objects.list("projects/" + projectName + "/" + folder, "", 1000).stream()
        .map(ObjectInfo::key)
        .toList();
  }

  private Instant written(String folder) {
    return objects.list("projects/" + projectName + "/" + folder, "", 1000).get(0).written();
  }
}
