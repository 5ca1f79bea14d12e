package dev.kedge.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest extends StoreContract {
  @Test
  void aRecordIsMadeOnce() {
    project.records().create("models/clip", bytes("1"));
    assertThatThrownBy(() -> project.records().create("models/clip", bytes("2")))
        .isInstanceOf(StoreException.ConditionFailed.class);
    assertThat(project.records().find("models/clip").orElseThrow().bytes()).isEqualTo(bytes("1"));
  }

  @Test
  void onlyWhoeverSawTheCurrentVersionReplacesIt() {
    VersionedRecord first = project.records().create("models/clip", bytes("1"));
    VersionedRecord second = project.records().replace("models/clip", bytes("2"), first.version());
    assertThatThrownBy(() -> project.records().replace("models/clip", bytes("3"), first.version()))
        .isInstanceOf(StoreException.ConditionFailed.class);
    assertThat(project.records().find("models/clip").orElseThrow().version())
        .isEqualTo(second.version());
  }

  @Test
  void aRecordThatIsNotThereIsNotFound() {
    assertThat(project.records().find("models/none")).isEmpty();
    project.records().delete("models/none");
  }

  @Test
  void recordsAreListedPageByPageInOrder() {
    for (String name : List.of("c", "a", "b")) {
      project.records().create("models/" + name, bytes(name));
    }
    project.records().create("datasets/a", bytes("not a model"));
    List<VersionedRecord> page = project.records().list("models", "", 2);
    assertThat(page).extracting(VersionedRecord::path).containsExactly("models/a", "models/b");
    assertThat(project.records().list("models", "models/b", 2))
        .extracting(VersionedRecord::path)
        .containsExactly("models/c");
  }

  @Test
  void aListReadsAgainWhatHasChangedAlone() {
    AtomicInteger reads = new AtomicInteger();
    Records records = new ProjectStore(counted(reads), projectName, cache("other")).records();
    project.records().create("models/a", bytes("1"));
    VersionedRecord before = project.records().create("models/b", bytes("1"));
    assertThat(records.list("models", "", 10)).hasSize(2);
    assertThat(reads.getAndSet(0)).isEqualTo(2);

    project.records().replace("models/b", bytes("2"), before.version());
    project.records().create("models/c", bytes("3"));
    assertThat(records.list("models", "", 10))
        .extracting(record -> new String(record.bytes(), UTF_8))
        .containsExactly("1", "2", "3");
    assertThat(reads.getAndSet(0)).isEqualTo(2);

    project.records().delete("models/a");
    assertThat(records.list("models", "", 10))
        .extracting(VersionedRecord::path)
        .containsExactly("models/b", "models/c");
    assertThat(reads).hasValue(0);
  }

  /** The same store; counts what is read. */
  private ObjectStore counted(AtomicInteger reads) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("get")) {
                reads.incrementAndGet();
              }
              return method.invoke(objects, arguments);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "stages/k/result", "blobs/x", "artifacts/x", ""})
  void aPathThatIsNotARecordsPlaceIsRefused(String path) {
    assertThatThrownBy(() -> project.records().create(path, bytes("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + path + "\"");
  }

  @Test
  void identifiersSortByTheirTime() {
    Instant moment = Instant.ofEpochMilli(1_700_000_000_000L);
    assertThat(TimeSortedId.at(moment))
        .hasSize(28)
        .isLessThan(TimeSortedId.at(moment.plusMillis(1)))
        .isNotEqualTo(TimeSortedId.at(moment));
  }
}
