package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
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
