package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.store.Artifact;
import dev.kedge.store.Condition;
import dev.kedge.store.StageLookup;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A result that somebody still has to read is hurt, and whoever looks sees that it is. */
class ResultHarmTest extends CommittedStage {
  /** The commit, the list of its files, the largest file. */
  private static final List<Integer> PICKS = List.of(0, 1, 2);

  private final Damage damage = new Damage();
  private Path copies;
  private Artifact made;

  @BeforeEach
  void aCommittedStage() {
    copies = disk.resolve(project + "-copies");
    made = commit();
  }

  @Test
  void whatIsDeletedIsNotWholeAnyMore() throws Exception {
    record(Stage.State.WAITING, "EVALUATE");
    for (int pick : PICKS) {
      made = commit();
      assertThat(harm(new Damage()).inject(fault(Fault.Kind.DROP_RESULT, pick), project))
          .isPresent();
      assertThat(files().results().find(KEY)).isNotInstanceOf(StageLookup.Intact.class);
    }
  }

  @Test
  void whatIsSpoiltIsToldToWhoeverReadsIt() throws Exception {
    record(Stage.State.WAITING, "EVALUATE");
    for (int pick : PICKS) {
      made = commit();
      assertThat(harm(new Damage()).inject(fault(Fault.Kind.SPOIL_RESULT, pick), project))
          .isPresent();
      assertThat(isWhole()).as("pick %d", pick).isFalse();
    }
  }

  @Test
  void aResultIsHurtOnceAndItsStageIsKnown() throws Exception {
    record(Stage.State.WAITING, "EVALUATE");
    ResultHarm harm = harm(damage);

    assertThat(harm.inject(fault(Fault.Kind.DROP_RESULT, 2), project)).isPresent();
    assertThat(harm.inject(fault(Fault.Kind.DROP_RESULT, 2), project)).isEmpty();
    assertThat(damage.to(project))
        .singleElement()
        .satisfies(done -> assertThat(done.stages()).containsExactly(KEY));
  }

  @Test
  void whatNobodyWillReadIsLeftAlone() throws Exception {
    for (Stage.State state : List.of(Stage.State.RUNNING, Stage.State.SUCCEEDED)) {
      record(state, "EVALUATE");
      assertThat(harm(damage).inject(fault(Fault.Kind.DROP_RESULT, 0), project)).isEmpty();
    }
  }

  @Test
  void aModelThatANewExperimentBeginsWithIsStillToBeRead() throws Exception {
    record(Stage.State.SUCCEEDED, "EVALUATE");
    Experiment built =
        Experiment.newBuilder()
            .putResolved("models/m", made.digest().toString())
            .addStages(stage("train", "TRAIN", Stage.State.WAITING))
            .build();
    put("built", built);

    assertThat(harm(damage).inject(fault(Fault.Kind.DROP_RESULT, 0), project)).isPresent();
  }

  @Test
  void aFileThatANodeHasACopyOfIsLeftAloneUnlessItsReaderStreams() throws Exception {
    Path node = Files.createDirectories(copies.resolve("evaluation/blobs"));
    Files.writeString(node.resolve(made.files().get("weights").digest().hex()), "a copy");
    record(Stage.State.WAITING, "EVALUATE");
    assertThat(harm(new Damage()).inject(fault(Fault.Kind.DROP_RESULT, 2), project).orElseThrow())
        .doesNotContain("/blobs/");

    made = commit();
    record(Stage.State.WAITING, "AVERAGE");
    assertThat(harm(new Damage()).inject(fault(Fault.Kind.DROP_RESULT, 2), project).orElseThrow())
        .contains("/blobs/");
  }

  private boolean isWhole() throws InterruptedException {
    LaterReader reader = new LaterReader(store, project, cache(), disk);
    return files().results().find(KEY) instanceof StageLookup.Intact intact
        && reader.complaint(intact.result().artifact()).equals(Optional.empty());
  }

  private ResultHarm harm(Damage done) {
    return new ResultHarm(store, copies, done);
  }

  private static Fault fault(Fault.Kind kind, int pick) {
    return new Fault(kind, List.of(), Duration.ZERO, pick);
  }

  private void record(Stage.State reader, String kind) throws Exception {
    Stage maker =
        stage("full", "TRAIN", Stage.State.SUCCEEDED).toBuilder()
            .setKey(KEY)
            .setArtifact(made.digest().toString())
            .build();
    Stage next = stage("next", kind, reader).toBuilder().addNeeds("full").build();
    put("made", Experiment.newBuilder().addStages(maker).addStages(next).build());
  }

  private static Stage stage(String id, String kind, Stage.State state) {
    return Stage.newBuilder().setId(id).setKind(kind).setState(state).build();
  }

  private void put(String id, Experiment experiment) throws Exception {
    byte[] json = JsonFormat.printer().print(experiment).getBytes(StandardCharsets.UTF_8);
    store.put("projects/%s/experiments/%s.json".formatted(project, id), json, Condition.ALWAYS);
  }
}
