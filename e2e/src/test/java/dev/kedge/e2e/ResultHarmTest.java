package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobCache;
import dev.kedge.store.Condition;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.store.StageLookup;
import dev.kedge.store.StageResult;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A result that somebody still has to read is hurt, and whoever looks sees that it is. */
class ResultHarmTest {
  private static final String KEY = "5".repeat(64);

  /** The commit, the list of its files, the largest file. */
  private static final List<Integer> PICKS = List.of(0, 1, 2);

  @TempDir private static Path disk;
  private static EmbeddedS3 s3;
  private static ObjectStore store;

  private final Damage damage = new Damage();
  private String project;
  private Path copies;
  private Blob weights;
  private String artifact;

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
  void aCommittedStage(TestInfo test) {
    project = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    copies = disk.resolve(project + "-copies");
    commit();
  }

  @Test
  void whatIsDeletedIsNotWholeAnyMore() throws Exception {
    record(Stage.State.WAITING, "EVALUATE");
    for (int pick : PICKS) {
      commit();
      assertThat(harm(new Damage()).does(fault(Fault.Kind.DROP_RESULT, pick), project)).isPresent();
      assertThat(files().results().find(KEY)).isNotInstanceOf(StageLookup.Intact.class);
    }
  }

  @Test
  void whatIsSpoiltIsToldToWhoeverReadsIt() throws Exception {
    record(Stage.State.WAITING, "EVALUATE");
    for (int pick : PICKS) {
      commit();
      assertThat(harm(new Damage()).does(fault(Fault.Kind.SPOIL_RESULT, pick), project))
          .isPresent();
      assertThat(isWhole()).as("pick %d", pick).isFalse();
    }
  }

  @Test
  void aResultIsHurtOnceAndItsStageIsKnown() throws Exception {
    record(Stage.State.WAITING, "EVALUATE");
    ResultHarm harm = harm(damage);

    assertThat(harm.does(fault(Fault.Kind.DROP_RESULT, 2), project)).isPresent();
    assertThat(harm.does(fault(Fault.Kind.DROP_RESULT, 2), project)).isEmpty();
    assertThat(damage.to(project))
        .singleElement()
        .satisfies(done -> assertThat(done.stages()).containsExactly(KEY));
  }

  @Test
  void whatNobodyWillReadIsLeftAlone() throws Exception {
    for (Stage.State state : List.of(Stage.State.RUNNING, Stage.State.SUCCEEDED)) {
      record(state, "EVALUATE");
      assertThat(harm(damage).does(fault(Fault.Kind.DROP_RESULT, 0), project)).isEmpty();
    }
  }

  @Test
  void aModelThatANewExperimentBeginsWithIsStillToBeRead() throws Exception {
    record(Stage.State.SUCCEEDED, "EVALUATE");
    Experiment built =
        Experiment.newBuilder()
            .putResolved("models/m", artifact)
            .addStages(stage("train", "TRAIN", Stage.State.WAITING))
            .build();
    put("built", built);

    assertThat(harm(damage).does(fault(Fault.Kind.DROP_RESULT, 0), project)).isPresent();
  }

  @Test
  void aFileThatANodeHasACopyOfIsLeftAloneUnlessItsReaderStreams() throws Exception {
    Path node = Files.createDirectories(copies.resolve("evaluation/blobs"));
    Files.writeString(node.resolve(weights.digest().hex()), "a copy");
    record(Stage.State.WAITING, "EVALUATE");
    assertThat(harm(new Damage()).does(fault(Fault.Kind.DROP_RESULT, 2), project).orElseThrow())
        .doesNotContain("/blobs/");

    commit();
    record(Stage.State.WAITING, "AVERAGE");
    assertThat(harm(new Damage()).does(fault(Fault.Kind.DROP_RESULT, 2), project).orElseThrow())
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

  private void commit() {
    byte[] content = "the weights".getBytes(StandardCharsets.UTF_8);
    weights = files().blobs().put(content);
    var made = new Artifact("checkpoint", new TreeMap<>(Map.of("weights", weights)));
    var nothing = JsonNodeFactory.instance.objectNode();
    var unused =
        files()
            .results()
            .commit(KEY, new StageResult(files().artifacts().put(made), nothing, nothing));
    artifact = made.digest().toString();
  }

  private void record(Stage.State reader, String kind) throws Exception {
    Stage maker =
        stage("full", "TRAIN", Stage.State.SUCCEEDED).toBuilder()
            .setKey(KEY)
            .setArtifact(artifact)
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

  private ProjectStore files() {
    return new ProjectStore(store, project, cache());
  }

  private BlobCache cache() {
    return new BlobCache(disk.resolve(project), 1);
  }
}
