package dev.kedge.fisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.PreparedDataset;
import dev.kedge.models.clip.Activation;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.ClipInitialisation;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.TextConfig;
import dev.kedge.models.clip.TowerConfig;
import dev.kedge.models.clip.VisionConfig;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadFile;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.stage.Blame;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.testing.ColouredPictures;
import dev.kedge.testing.RecordedOutput;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FisherExecutorTest {
  private static final String CHECKPOINT = "sha256:checkpoint";
  private static final String DATA = "sha256:data";
  private static final int PROJECTION = 8;

  @TempDir private Path disk;
  private TestingContext context;
  private ClipConfig config;

  @BeforeEach
  void aClassifierAndItsCalibrationData() throws IOException {
    TowerConfig tower = new TowerConfig(16, 32, 2, 2, Activation.QUICK_GELU, 1e-5);
    config =
        new ClipConfig(
            new TextConfig(tower, 20, 8, 18, 19, 19),
            new VisionConfig(tower, 16, 8, 3),
            PROJECTION,
            2.6592);
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
    context.artifacts.put(CHECKPOINT, classifier(ColouredPictures.CLASSES));
    context.artifacts.put(
        DATA, ColouredPictures.prepare(Files.createDirectory(disk.resolve("data")), 15, 1));
  }

  private Path classifier(List<String> classes) throws IOException {
    Path folder = disk.resolve("classifier" + classes.size());
    ClipFolder.write(folder, config, ClipInitialisation.of(config, 5));
    new HeadFile(HeadForm.LINEAR, classes).write(folder);
    float[] rows = new float[classes.size() * PROJECTION];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) Math.sin(i);
    }
    MemoryTensors head =
        new MemoryTensors()
            .put(HeadForm.ROWS, rows, classes.size(), PROJECTION)
            .put(HeadForm.BIAS, new float[classes.size()], classes.size());
    SafetensorsWriter.write(folder.resolve(Checkpoint.HEAD), head, Map.of());
    return folder;
  }

  @Test
  void everyWeightOfTheImageSideAndTheHeadHasItsInformation() throws IOException {
    try (SafetensorsFile fisher = fisher(0)) {
      assertThat(fisher.metadata()).containsEntry("samples", "45");
      assertThat(fisher.specs().keySet())
          .containsAll(ClipTensors.vision(config).keySet())
          .contains(HeadForm.ROWS, HeadForm.BIAS)
          .hasSize(ClipTensors.vision(config).size() + 2);
      for (float value : fisher.floats(HeadForm.BIAS)) {
        assertThat(value).isPositive();
      }
    }
    assertThat(context.progress).extracting(Progress::getDone).isSorted().last().isEqualTo(45L);
  }

  @Test
  void aDrawOfSomeSamplesIsDecidedByItsSeed() throws IOException {
    try (SafetensorsFile drawn = fisher(7)) {
      assertThat(drawn.metadata()).containsEntry("samples", "7");
    }
  }

  @Test
  void theExpectedInformationAsksTheModelForItsLabels() throws IOException {
    FisherSpec expected = spec(0).toBuilder().setMode(FisherSpec.Mode.EXPECTED).build();
    StageOutput.NewFiles output = (StageOutput.NewFiles) run(expected);
    try (SafetensorsFile own = SafetensorsFile.open(output.files().get("fisher.safetensors"))) {
      float[] bias = own.floats(HeadForm.BIAS);
      float[] trueMean = meanOfProbabilityTimesRest();
      System.out.printf("expected information of the bias %s%n", Arrays.toString(bias));
      assertThat(bias).containsExactly(trueMean, Offset.offset(1e-5f));
    }
  }

  @Test
  void drawnLabelsGiveNearlyTheExpectedInformation() throws IOException {
    FisherSpec sampled = spec(0).toBuilder().setMode(FisherSpec.Mode.SAMPLED).setDraws(200).build();
    StageOutput.NewFiles output = (StageOutput.NewFiles) run(sampled);
    try (SafetensorsFile own = SafetensorsFile.open(output.files().get("fisher.safetensors"))) {
      assertThat(own.floats(HeadForm.BIAS))
          .containsExactly(meanOfProbabilityTimesRest(), Offset.offset(0.01f));
    }
  }

  @Test
  void whatIsComputedIsWhatItsAlgorithmVersionComputes() throws IOException {
    FisherSpec expected = spec(0).toBuilder().setMode(FisherSpec.Mode.EXPECTED).build();
    StageOutput.NewFiles output = (StageOutput.NewFiles) run(expected);
    new RecordedOutput(StageKind.FISHER, "images").requireUnchanged(output.files());
  }

  /** For a bias, Σ_y p(y)(1{y = k} − p(k))² is p(k)(1 − p(k)). */
  private float[] meanOfProbabilityTimesRest() throws IOException {
    LabelledPictures pictures =
        new LabelledPictures(
            ClipPreprocessing.ofSize(16),
            List.of(LabelledPictures.Part.all(PreparedDataset.open(context.artifacts.get(DATA)))),
            0);
    try (Scope scope = Scope.plain();
        Checkpoint checkpoint = Checkpoint.open(context.artifacts.get(CHECKPOINT))) {
      Weights weights = Weights.read(scope, checkpoint);
      int[] all = IntStream.range(0, pictures.size()).toArray();
      Tensor features =
          new Clip(config)
              .imageFeatures(scope, weights, LabelledBatch.of(scope, pictures, all).inputs());
      float[] logits = HeadForm.LINEAR.logits(scope, weights, features).floats();
      float[] mean = new float[3];
      for (int sample = 0; sample < all.length; sample++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += Math.exp(logits[3 * sample + k]);
        }
        for (int k = 0; k < 3; k++) {
          double p = Math.exp(logits[3 * sample + k]) / sum;
          mean[k] += (float) (p * (1 - p) / all.length);
        }
      }
      return mean;
    }
  }

  /** Labels are drawn by a sample's place in the whole draw, whatever its shard. */
  @Test
  void shardsPutTogetherAreTheWhole() throws IOException {
    FisherSpec.Builder merge = FisherSpec.newBuilder();
    for (int index = 0; index < 3; index++) {
      merge.addMerge(shard(drawn(), index, 3));
    }
    StageOutput.NewFiles all = (StageOutput.NewFiles) run(drawn());
    Path kept = Files.copy(all.files().get("fisher.safetensors"), disk.resolve("whole"));
    StageOutput.NewFiles merged = (StageOutput.NewFiles) run(merge.build());
    try (SafetensorsFile one = SafetensorsFile.open(kept);
        SafetensorsFile other = SafetensorsFile.open(merged.files().get("fisher.safetensors"))) {
      assertThat(other.metadata()).isEqualTo(Map.of("samples", "20"));
      assertThat(other.specs()).isEqualTo(one.specs());
      for (String name : one.specs().keySet()) {
        assertNear(name, other.floats(name), one.floats(name));
      }
    }
    assertThat(merged.files()).containsKey("importance.json");
  }

  private static FisherSpec drawn() {
    return spec(20).toBuilder().setMode(FisherSpec.Mode.SAMPLED).setDraws(2).build();
  }

  /** Computes a shard of an information, and gives its artifact. */
  private Input shard(FisherSpec whole, int index, int count) throws IOException {
    FisherSpec.Shard shard = FisherSpec.Shard.newBuilder().setIndex(index).setCount(count).build();
    StageOutput.NewFiles output =
        (StageOutput.NewFiles) run(whole.toBuilder().setShard(shard).build());
    Path folder = Files.createTempDirectory(disk, "shard");
    Files.copy(output.files().get("fisher.safetensors"), folder.resolve("fisher.safetensors"));
    String artifact = "sha256:" + folder.getFileName();
    context.artifacts.put(artifact, folder);
    return Input.newBuilder().setArtifact(artifact).build();
  }

  @Test
  void aMergeTakesEveryShardOnce() throws IOException {
    Input first = shard(drawn(), 0, 3);
    Input second = shard(drawn(), 1, 3);
    refusedMerge("has the shards [0, 1]: give each of the 3, from 0, once", first, second);
    refusedMerge("has the shards [0, 1, 1]", second, first, second);
  }

  @Test
  void aMergeHasNothingBesideItsShards() throws IOException {
    Input only = shard(drawn(), 0, 1);
    FisherSpec more =
        drawn().toBuilder().clearData().clearCheckpoint().addMerge(only).setThreads(1).build();
    assertThatThrownBy(() -> run(more))
        .hasMessageContaining("`merge` puts shards together as they are, and has [")
        .hasMessageContaining("threads");
  }

  @Test
  void shardsOfSomethingElseAreNotMerged() throws IOException {
    Input first = shard(drawn(), 0, 2);
    String other = "are not of one information";
    refusedMerge(other, first, shard(drawn().toBuilder().setSeed(2).build(), 1, 2));
    refusedMerge(other, first, shard(spec(20), 1, 2));
    refusedMerge(other, first, shard(drawn(), 1, 3));
    refusedMerge("is no shard", first, shard(drawn(), 1, 2), whole());
  }

  /** The artifact of an information that was taken at once. */
  private Input whole() throws IOException {
    context.artifacts.put("sha256:whole", Files.createTempDirectory(disk, "whole"));
    StageOutput.NewFiles output = (StageOutput.NewFiles) run(drawn());
    Files.copy(
        output.files().get("fisher.safetensors"),
        context.artifacts.get("sha256:whole").resolve("fisher.safetensors"));
    return Input.newBuilder().setArtifact("sha256:whole").build();
  }

  private void refusedMerge(String complaint, Input... shards) {
    FisherSpec merge = FisherSpec.newBuilder().addAllMerge(List.of(shards)).build();
    assertThatThrownBy(() -> run(merge))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContaining(complaint);
  }

  private static void assertNear(String name, float[] actual, float[] wanted) {
    float largest = 0;
    for (float value : wanted) {
      largest = Math.max(largest, value);
    }
    assertThat(actual)
        .as(name)
        .usingComparatorWithPrecision(1e-5f * largest + 1e-12f)
        .containsExactly(wanted);
  }

  @Test
  void aShardThatIsNotThereIsRefused() {
    FisherSpec.Shard fourth = FisherSpec.Shard.newBuilder().setIndex(3).setCount(3).build();
    assertThatThrownBy(() -> run(spec(0).toBuilder().setShard(fourth).build()))
        .hasMessageContaining("there is no shard 3 of 3");
  }

  @Test
  void otherClassesAreRefused() throws IOException {
    context.artifacts.put(CHECKPOINT, classifier(List.of("cat", "dog")));

    assertThatThrownBy(() -> run(spec(0)))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContaining("[cat, dog] are not the calibration data's [blue, green, red]");
  }

  @Test
  void aStageThatIsToStopStops() {
    context.stopWhen(() -> true);

    assertThatThrownBy(() -> run(spec(0))).isInstanceOf(StageStopped.class);
  }

  @Test
  void aFaultUnderWayIsNotTheUsers() {
    context.stopWhen(
        () -> {
          throw new IllegalArgumentException("a fault of ours");
        });

    assertThatThrownBy(() -> run(spec(0))).isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void labelsThatCannotBeDrawnAreRefusedBeforeWeightsAreRead() throws IOException {
    Files.delete(disk.resolve("classifier3").resolve(Checkpoint.HEAD));
    FisherSpec undrawn = spec(0).toBuilder().setMode(FisherSpec.Mode.SAMPLED).build();

    assertThatThrownBy(() -> run(undrawn)).hasMessageContaining("at least once, not 0");
  }

  private SafetensorsFile fisher(int samples) throws IOException {
    StageOutput.NewFiles output = (StageOutput.NewFiles) run(spec(samples));
    return SafetensorsFile.open(output.files().get("fisher.safetensors"));
  }

  private StageOutput run(FisherSpec spec) throws IOException {
    return new FisherExecutor().execute(StageSpec.newBuilder().setFisher(spec).build(), context);
  }

  private static FisherSpec spec(int samples) {
    return FisherSpec.newBuilder()
        .setCheckpoint(Input.newBuilder().setArtifact(CHECKPOINT))
        .setData(
            DatasetPart.newBuilder()
                .setDataset(Input.newBuilder().setArtifact(DATA))
                .setPart(DatasetPart.Part.ALL))
        .setSamples(samples)
        .setSeed(1)
        .setThreads(1)
        .build();
  }
}
