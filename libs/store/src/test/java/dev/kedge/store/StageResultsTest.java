package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StageResultsTest extends StoreContract {
  @Test
  void aStageThatWasNeverCommittedIsAbsent() {
    assertThat(project.results().find(STAGE)).isEqualTo(new StageLookup.Absent());
  }

  @Test
  void aCommittedResultIsFound() {
    StageResult result = result("one");
    assertThat(project.results().commit(STAGE, result)).isEqualTo(result);
    assertThat(project.results().find(STAGE)).isEqualTo(new StageLookup.Intact(result));
  }

  @Test
  void aZombieThatCommitsLateGetsTheFirstResult() {
    StageResult first = project.results().commit(STAGE, result("first"));
    assertThat(project.results().commit(STAGE, result("zombie"))).isEqualTo(first);
    assertThat(project.results().find(STAGE)).isEqualTo(new StageLookup.Intact(first));
  }

  @Test
  void aRaceOfSixteenCommitsOneResultAndAllGetIt() throws Exception {
    ExecutorService racers = Executors.newFixedThreadPool(16);
    List<Callable<StageResult>> commits = new ArrayList<>();
    for (int racer = 0; racer < 16; racer++) {
      StageResult mine = result("racer " + racer);
      commits.add(() -> project.results().commit(STAGE, mine));
    }
    Set<StageResult> standing = new HashSet<>();
    for (Future<StageResult> commit : racers.invokeAll(commits)) {
      standing.add(commit.get());
    }
    racers.shutdown();
    assertThat(standing).hasSize(1);
  }

  @Test
  void aResultIsNotCommittedBeforeItsArtifact() {
    StageResult empty = new StageResult(Digest.of(bytes("x")), tree(), tree());
    assertThatThrownBy(() -> project.results().commit(STAGE, empty))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining(STAGE);
    assertThat(project.results().find(STAGE)).isEqualTo(new StageLookup.Absent());
  }

  @Test
  void aResultWhoseFileIsGoneIsBrokenAndSaysWhatAndIsReplaced() {
    StageResult first = project.results().commit(STAGE, result("first"));
    project.blobs().delete(project.artifacts().get(first.artifact()).files().get("file"));
    assertThat(project.results().find(STAGE))
        .isEqualTo(new StageLookup.Broken(first, List.of("file")));
    StageResult again = result("again");
    assertThat(project.results().commit(STAGE, again)).isEqualTo(again);
    assertThat(project.results().find(STAGE)).isEqualTo(new StageLookup.Intact(again));
  }

  @Test
  void aResultThatCannotBeReadIsAsGoodAsNoneAndIsReplaced() {
    project.results().commit(STAGE, result("first"));
    objects.put(keyEnding("result.json"), bytes("{\"artifact\": \"sha2"), Condition.ALWAYS);
    assertThat(project.results().find(STAGE)).isEqualTo(new StageLookup.Absent());
    StageResult again = result("again");
    assertThat(project.results().commit(STAGE, again)).isEqualTo(again);
    assertThat(project.results().find(STAGE)).isEqualTo(new StageLookup.Intact(again));
  }

  @Test
  void aKeyThatCouldReachElsewhereIsRefused() {
    assertThatThrownBy(() -> project.results().find("../../other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("../../other");
  }

  private StageResult result(String content) {
    Blob blob = project.blobs().put(bytes(content));
    Digest artifact =
        project.artifacts().put(new Artifact("test", new TreeMap<>(Map.of("file", blob))));
    return new StageResult(artifact, CanonicalJson.tree(Map.of("by", content)), tree());
  }

  private static JsonNode tree() {
    return CanonicalJson.tree(Map.of());
  }
}
