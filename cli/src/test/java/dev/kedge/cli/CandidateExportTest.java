package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExportCheckpointResponse;
import dev.kedge.v1.File;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import dev.kedge.v1.TradeOffPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateExportTest extends CommandLineFixture {
  private static final String BASE = "a".repeat(64);
  private static final String TUNED = "b".repeat(64);
  private static final String FISHER_OF_BASE = "c".repeat(64);
  private static final String FISHER_OF_TUNED = "d".repeat(64);

  @TempDir private Path home;
  private Path target;

  @BeforeEach
  void anExperimentThatHasEvaluatedAnAverage() throws IOException {
    target = home.resolve("out");
    checkpoint(BASE, 1);
    checkpoint(TUNED, 3);
    fisher(FISHER_OF_BASE, 3);
    fisher(FISHER_OF_TUNED, 1);
    Stage evaluation =
        Stage.newBuilder()
            .setId("evaluate-full")
            .setKind("EVALUATE")
            .setState(Stage.State.SUCCEEDED)
            .setSpec(
                struct(
                    """
                    {"candidates": [
                      {"id": "full", "recipe": {"checkpoint": {"artifact": "sha256:%2$s"}}},
                      {"id": "full-alpha0.5", "recipe": {"wise_ft": {
                        "base": {"checkpoint": {"artifact": "sha256:%1$s"}},
                        "tuned": {"checkpoint": {"artifact": "sha256:%2$s"}},
                        "alpha": 0.5}}},
                      {"id": "informed", "recipe": {"fisher": {
                        "terms": [
                          {"recipe": {"checkpoint": {"artifact": "sha256:%1$s"}},
                           "fisher": {"artifact": "sha256:%3$s"}, "weight": 0.5},
                          {"recipe": {"checkpoint": {"artifact": "sha256:%2$s"}},
                           "fisher": {"artifact": "sha256:%4$s"}, "weight": 0.5}],
                        "floor": 1e-6, "normalise": "NONE"}}},
                      {"id": "soup", "recipe": {"found": {"artifact": "sha256:s"}}}]}
                    """
                        .formatted(BASE, TUNED, FISHER_OF_BASE, FISHER_OF_TUNED)))
            .build();
    gateway.experiment =
        Experiment.newBuilder()
            .setName("projects/default/experiments/e1")
            .setDisplayName("pacs")
            .addStages(evaluation)
            .addStages(search())
            .build();
    gateway.report =
        Report.newBuilder()
            .addPoints(point("full α=0.5", "full-alpha0.5"))
            .addPoints(point("l2", "l2-s0", "l2-s1"))
            .build();
  }

  private static TradeOffPoint point(String label, String... candidates) {
    return TradeOffPoint.newBuilder().setLabel(label).addAllCandidates(List.of(candidates)).build();
  }

  private static Stage search() throws InvalidProtocolBufferException {
    String found =
        """
        {"search": {}, "recipe": {"linear": {"normalise": true, "terms": [
          {"weight": 1, "recipe": {"checkpoint": {"artifact": "sha256:%s"}}},
          {"weight": 3, "recipe": {"checkpoint": {"artifact": "sha256:%s"}}}]}}}
        """;
    return Stage.newBuilder()
        .setId("soup-full")
        .setKind("SOUP")
        .setState(Stage.State.SUCCEEDED)
        .setArtifact("sha256:s")
        .setFound(struct(found.formatted(BASE, TUNED)))
        .build();
  }

  private void checkpoint(String digest, float value) throws IOException {
    Path folder = Files.createDirectory(home.resolve(digest));
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"clip\"}");
    tensor(folder.resolve(Checkpoint.MODEL), value);
    exported(digest, List.of("config.json", Checkpoint.MODEL));
  }

  private void fisher(String digest, float value) throws IOException {
    tensor(Files.createDirectory(home.resolve(digest)).resolve(FisherDiagonal.FILE), value);
    exported(digest, List.of(FisherDiagonal.FILE));
  }

  private static void tensor(Path file, float value) throws IOException {
    SafetensorsWriter.write(file, new MemoryTensors().put("w", new float[] {value}, 1), Map.of());
  }

  private void exported(String digest, List<String> files) throws IOException {
    Path folder = home.resolve(digest);
    List<ExportCheckpointResponse> pieces = new ArrayList<>();
    for (String name : files) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      File file = File.newBuilder().setPath(name).setDigest(TestingGateway.digest(bytes)).build();
      pieces.add(ExportCheckpointResponse.newBuilder().setFile(file).build());
      pieces.add(ExportCheckpointResponse.newBuilder().setData(ByteString.copyFrom(bytes)).build());
    }
    gateway.exports.put("projects/default/checkpoints/" + digest, pieces);
  }

  @Test
  void anAverageThatIsInNoFileIsMadeFromItsCheckpoints() throws IOException {
    assertThat(kedge("export", "e1", target.toString(), "--candidate", "full α=0.5"))
        .as(err())
        .isZero();

    assertThat(out()).startsWith("made full α=0.5 from 2 checkpoints in ");
    try (Checkpoint made = Checkpoint.open(target)) {
      assertThat(made.floats("w")).containsExactly(2);
    }
    assertThat(target.resolve("recipe.json")).content().contains("sha256:" + BASE);
    assertThat(home.resolve("out.parents")).doesNotExist();
  }

  @Test
  void anAverageByInformationIsMadeWithWhatWeightsIt() throws IOException {
    assertThat(kedge("export", "e1", target.toString(), "--candidate", "informed"))
        .as(err())
        .isZero();

    try (Checkpoint made = Checkpoint.open(target)) {
      assertThat(made.floats("w")).containsExactly((3 * 1 + 1 * 3) / 4f);
    }
    assertThat(home.resolve("out.parents")).doesNotExist();
  }

  @Test
  void anAverageIsAlsoKnownByItsId() {
    assertThat(kedge("export", "e1", target.toString(), "--candidate", "full-alpha0.5")).isZero();
    assertThat(out()).startsWith("made full-alpha0.5 from 2 checkpoints in ");
  }

  @Test
  void aPointOverSeveralSeedsIsAnsweredWithItsCandidates() {
    assertThat(kedge("export", "e1", target.toString(), "--candidate", "l2"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("`l2` is a mean over 2 seeds: choose one of l2-s0, l2-s1");
  }

  @Test
  void aFoundCandidateIsMadeByTheRecipeOfItsSearch() throws IOException {
    assertThat(kedge("export", "e1", target.toString(), "--candidate", "soup")).as(err()).isZero();

    try (Checkpoint made = Checkpoint.open(target)) {
      assertThat(made.floats("w")).containsExactly(2.5f);
    }
  }

  @Test
  void whatASearchTriedIsShownWithItsStage() {
    assertThat(kedge("get", "e1", "--stage", "soup-full")).isZero();
    assertThat(out()).contains("\"recipe\"", "\"linear\"", "\"search\"");
  }

  @Test
  void aCandidateThatIsACheckpointIsExportedAsItIs() throws IOException {
    assertThat(kedge("export", "e1", target.toString(), "--candidate", "full")).isZero();

    try (Checkpoint made = Checkpoint.open(target)) {
      assertThat(made.floats("w")).containsExactly(3);
    }
  }

  @Test
  void anUnknownCandidateIsAnsweredWithThoseThatThereAre() {
    assertThat(kedge("export", "e1", target.toString(), "--candidate", "ewc"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err())
        .contains(
            "e1 has evaluated no candidate `ewc`: there are full, full-alpha0.5, informed, soup");
    assertThat(target).doesNotExist();
  }

  private static Struct struct(String json) throws InvalidProtocolBufferException {
    var struct = Struct.newBuilder();
    JsonFormat.parser().merge(json, struct);
    return struct.build();
  }
}
