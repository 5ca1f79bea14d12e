package dev.kedge.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.text.ClipTokenizer;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.train.HeadFile;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.LoraAdapter;
import dev.kedge.stage.Blame;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.Augmentation;
import dev.kedge.stage.v1.Classification;
import dev.kedge.stage.v1.ClipArchitecture;
import dev.kedge.stage.v1.Contrastive;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.FeaturesSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSource;
import dev.kedge.testing.ColouredPictures;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainExecutorTest {
  private static final String DATA = "sha256:data";
  private static final String BASE = "sha256:base";
  private static final String FISHER = "sha256:fisher";
  private static final String FULL = "sha256:full";
  private static final int STEPS_PER_EPOCH = 4;
  private static final Pattern COSTS =
      Pattern.compile("costs (\\S+) at λ = 1 and has the task loss (\\S+)");
  private static final String PATCH = "vision_model.embeddings.patch_embedding.weight";

  private Path disk;
  private int runs;
  private Path base;
  private Path data;
  private Path fisher;
  private Path full;
  private List<Map<String, Double>> baseSteps;

  @BeforeAll
  void aBaseIsTrainedOnCaptions(@TempDir Path folder) throws IOException {
    disk = folder;
    data = ColouredPictures.prepare(Files.createDirectory(disk.resolve("data")), 10, 1);
    TestingContext context = context("base", Map.of(DATA, data));
    base = folder(run(contrastive(), context));
    baseSteps = steps(context);
    fisher = fisherOfOnes();
    Map<String, Path> inputs = Map.of(DATA, data, BASE, base);
    full = folder(run(fineTuning(method("full {}")), context("full-run", inputs)));
  }

  private Path fisherOfOnes() throws IOException {
    MemoryTensors ones = new MemoryTensors();
    Map<String, long[]> shapes = new HashMap<>(ClipTensors.vision(ClipFolder.config(base)));
    shapes.put(HeadForm.ROWS, new long[] {3, 8});
    shapes.put(HeadForm.BIAS, new long[] {3});
    shapes.forEach(
        (name, shape) -> {
          float[] values = new float[(int) Tensor.count(shape)];
          Arrays.fill(values, 1);
          ones.put(name, values, shape);
        });
    Path folder = Files.createDirectory(disk.resolve("fisher"));
    SafetensorsWriter.write(folder.resolve(FisherDiagonal.FILE), ones, Map.of());
    return folder;
  }

  @Test
  void ewcWithInformationOfOnesIsHalfOfL2() throws IOException {
    Path ewc =
        folder(
            run(
                fineTuning(method("ewc {lambda: 1 fisher {artifact: 'sha256:fisher'}}")),
                context("ewc1", inputs())));
    Path l2 = folder(run(fineTuning(lambda(0.5)), context("l2half", inputs())));

    try (SafetensorsFile one = SafetensorsFile.open(ewc.resolve(Checkpoint.MODEL));
        SafetensorsFile other = SafetensorsFile.open(l2.resolve(Checkpoint.MODEL))) {
      assertThat(one.floats(PATCH)).containsExactly(other.floats(PATCH), Offset.offset(1e-6f));
    }
  }

  @Test
  void aHeadWithoutInformationIsNotHeld() throws IOException {
    Map<String, Path> withoutHead = new HashMap<>(inputs());
    withoutHead.put(FISHER, headless());
    TestingContext context = context("ewc-headless", withoutHead);
    Path headless =
        folder(
            run(fineTuning(method("ewc {lambda: 1 fisher {artifact: 'sha256:fisher'}}")), context));
    String excluded = "ewc {lambda: 1 fisher {artifact: 'sha256:fisher'} exclude_head: true}";
    Path same = folder(run(fineTuning(method(excluded)), context("ewc-excluded", inputs())));

    assertThat(context.lines)
        .anyMatch(line -> line.contains("ewc does not hold [head.weight, head.bias]"));
    try (SafetensorsFile one = SafetensorsFile.open(headless.resolve(Checkpoint.HEAD));
        SafetensorsFile other = SafetensorsFile.open(same.resolve(Checkpoint.HEAD))) {
      assertThat(one.floats(HeadForm.ROWS)).isEqualTo(other.floats(HeadForm.ROWS));
    }
  }

  private Path headless() throws IOException {
    Path folder = Files.createDirectory(disk.resolve("headless"));
    try (SafetensorsFile ones = SafetensorsFile.open(fisher.resolve(FisherDiagonal.FILE))) {
      SafetensorsWriter.write(
          folder.resolve(FisherDiagonal.FILE), ones.only(name -> !HeadForm.holds(name)), Map.of());
    }
    return folder;
  }

  private static MethodSpec lambda(double lambda) {
    return MethodSpec.newBuilder().setL2(MethodSpec.L2.newBuilder().setLambda(lambda)).build();
  }

  @Test
  void aNewBaseLearnsItsCaptionsAndIsAHuggingFaceFolder() throws IOException {
    ClipConfig config = ClipFolder.check(base);

    assertThat(baseSteps.get(baseSteps.size() - 1).get("loss"))
        .isLessThan(0.9 * baseSteps.get(0).get("loss"));
    assertThat(baseSteps.get(0)).containsKeys("gradient_norm", "samples_per_second");
    assertThat(base)
        .isDirectoryContaining("glob:**preprocessor_config.json")
        .isDirectoryContaining("glob:**tokenizer.json")
        .isDirectoryContaining("glob:**training-trace.json");
    try (ClipTokenizer tokenizer = ClipTokenizer.open(base, config.text().context())) {
      assertThat(tokenizer.encode("a photo of a red.").length()).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero_shot {}",
        "full {}",
        "lp {}",
        "lp_ft {}",
        "l2 {lambda: 0.1}",
        "l1 {lambda: 1e-4}",
        "ewc {lambda: 1 fisher {artifact: 'sha256:fisher'}}",
        "kd_features {lambda: 0.1}",
        "kd_logits {lambda: 1 temperature: 2}",
        "l2_decoupled {lambda: 1}",
        "ldifs {lambda: 0.1}",
        "lora {rank: 2 alpha: 4 targets: 'q_proj' targets: 'fc1' train_head: true}",
        "replay {fraction: 0.25 data {dataset {artifact: 'sha256:data'} part: ALL}}",
        "flyp {}",
        "early_stop {patience: 1 every_steps: 1"
            + " validation {dataset {artifact: 'sha256:data'} part: ALL}}",
        "ema {decay: 0.9}",
        "l2 {lambda: 0.5 relative_to {artifact: 'sha256:full'}}",
        "l1 {lambda: 0.5 relative_to {artifact: 'sha256:full'}}",
        "ewc {lambda: 1 fisher {artifact: 'sha256:fisher'} normalise: MEAN_ONE"
            + " relative_to {artifact: 'sha256:full'}}",
        "kd_features {lambda: 0.5 relative_to {artifact: 'sha256:full'}}",
        "lora {rank: 2 alpha: 4 targets: 'q_proj' train_head: true}"
            + " l2 {lambda: 0.5 relative_to {artifact: 'sha256:full'}}",
        "l2 {lambda: 0.1} kd_logits {lambda: 1 temperature: 1} lp_ft {learning_rate: 0.1 epochs: 1}",
        "lora {rank: 2 alpha: 4 targets: 'q_proj' train_head: true} ema {decay: 0.5}"
            + " l2 {lambda: 0.1} kd_features {lambda: 1}"
            + " replay {fraction: 0.25 data {dataset {artifact: 'sha256:data'} part: ALL}}",
      })
  void everyMethodMakesACheckpointWithAHead(String method) throws IOException {
    Path tuned =
        folder(
            run(
                fineTuning(method(method)),
                context(Integer.toHexString(method.hashCode()), inputs())));

    ClipFolder.check(tuned);
    assertThat(HeadFile.read(tuned))
        .contains(new HeadFile(HeadForm.LINEAR, ColouredPictures.CLASSES));
    boolean patchesStay =
        List.of("lp {}", "zero_shot {}").contains(method) || method.startsWith("lora");
    assertThat(equal(tuned, PATCH)).isEqualTo(patchesStay);
    assertThat(equal(tuned, "text_projection.weight")).isNotEqualTo(method.equals("flyp {}"));
    assertThat(tuned.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(base.resolve("tokenizer.json"));
  }

  @Test
  void zeroShotNeedsNothingOfTheOptimisationButTheThreads() throws IOException {
    Optimisation threads = Optimisation.newBuilder().setThreads(1).build();
    TrainSpec spec =
        fineTuning(method("zero_shot {}")).toBuilder().setOptimisation(threads).build();

    Path made = folder(run(spec, context("threads-only", inputs())));

    assertThat(equal(made, PATCH)).isTrue();
    assertThat(HeadFile.read(made)).isPresent();
  }

  private boolean equal(Path tuned, String name) throws IOException {
    try (SafetensorsFile before = SafetensorsFile.open(base.resolve(Checkpoint.MODEL));
        SafetensorsFile after = SafetensorsFile.open(tuned.resolve(Checkpoint.MODEL))) {
      return before.bytes(name).equals(after.bytes(name));
    }
  }

  @Test
  void adaptersLieBesideTheWeightsThatTheyAreMergedInto() throws IOException {
    String lora = "lora {rank: 2 alpha: 4 targets: 'q_proj' train_head: false}";
    Path tuned = folder(run(fineTuning(method(lora)), context("adapters", inputs())));

    LoraAdapter adapter = LoraAdapter.read(tuned.resolve(CheckpointFolder.ADAPTER));
    String name = "vision_model.encoder.layers.0.self_attn.q_proj";
    assertThat(adapter.config().modules()).contains(name);
    try (Checkpoint before = Checkpoint.open(base);
        Checkpoint after = Checkpoint.open(tuned)) {
      TensorSource merged = adapter.onto(before);
      assertThat(merged.floats(name + ".weight"))
          .containsExactly(after.floats(name + ".weight"), Offset.offset(1e-7f))
          .isNotEqualTo(before.floats(name + ".weight"));
    }
  }

  /** λ = 1 is where the penalty of full fine-tuning is its task loss. */
  @Test
  void aRelativeLambdaIsTheAbsoluteOneOfTheFullRunsCost() throws IOException {
    TestingContext context = context("relative", inputs());
    Path relative =
        folder(
            run(
                fineTuning(method("l2 {lambda: 0.5 relative_to {artifact: 'sha256:full'}}")),
                context));

    Matcher told = COSTS.matcher(String.join("\n", context.lines));
    assertThat(told.find()).isTrue();
    double lambda = 0.5 * Double.parseDouble(told.group(2)) / Double.parseDouble(told.group(1));
    Path absolute = folder(run(fineTuning(lambda(lambda)), context("absolute", inputs())));
    try (SafetensorsFile one = SafetensorsFile.open(relative.resolve(Checkpoint.MODEL));
        SafetensorsFile other = SafetensorsFile.open(absolute.resolve(Checkpoint.MODEL))) {
      assertThat(one.floats(PATCH)).containsExactly(other.floats(PATCH), Offset.offset(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kd_features {lambda: 1}",
        "kd_logits {lambda: 1 temperature: 2}",
        "lp {}",
        "lp_ft {} kd_logits {lambda: 1 temperature: 1}",
      })
  void knownFeaturesTrainAsComputedOnes(String method) throws IOException {
    TrainSpec computing = fineTuning(method(method));
    TrainSpec.Builder knowing = computing.toBuilder();
    Map<String, Path> inputs = new HashMap<>(inputs());
    if (method.contains("kd")) {
      knowing.setTeacherFeatures(input("sha256:seen"));
      inputs.put("sha256:seen", features(optimisation().getAugmentation(), 2, 3));
    }
    if (method.contains("lp")) {
      knowing.setFrozenFeatures(input("sha256:frozen"));
      inputs.put("sha256:frozen", features(Augmentation.getDefaultInstance(), 1, 0));
    }
    Path one = folder(run(computing, context("computing" + method.hashCode(), inputs())));
    Path other = folder(run(knowing.build(), context("knowing" + method.hashCode(), inputs)));
    try (Checkpoint computed = Checkpoint.open(one);
        Checkpoint known = Checkpoint.open(other)) {
      for (String name : List.of(PATCH, HeadForm.ROWS)) {
        assertThat(known.floats(name)).containsExactly(computed.floats(name), Offset.offset(1e-5f));
      }
    }
  }

  @Test
  void featuresOfOtherLooksTeachNobody() throws IOException {
    TrainSpec.Builder spec = fineTuning(method("kd_features {lambda: 1}")).toBuilder();
    spec.setTeacherFeatures(input("sha256:seen"));
    Map<String, Path> inputs = new HashMap<>(inputs());
    inputs.put("sha256:seen", features(optimisation().getAugmentation(), 2, 3));
    TrainSpec seed = change(spec, optimisation -> optimisation.setSeed(4));
    TrainSpec flip =
        change(spec, optimisation -> optimisation.getAugmentationBuilder().setFlip(false));
    TrainSpec longer = change(spec, optimisation -> optimisation.setEpochs(3));

    refused(seed, "images.seed is 3 there and 4 here; retry the FEATURES stage", inputs);
    refused(flip, "images.augmentation.flip is true there and false here", inputs);
    refused(longer, "images.epochs is 2 there and 3 here", inputs);
    run(change(spec, optimisation -> optimisation.setEpochs(1)), context("shorter", inputs));
  }

  private static TrainSpec change(TrainSpec.Builder spec, Consumer<Optimisation.Builder> change) {
    TrainSpec.Builder changed = spec.build().toBuilder();
    change.accept(changed.getOptimisationBuilder());
    return changed.build();
  }

  private Path features(Augmentation augmentation, int epochs, long seed) throws IOException {
    FeaturesSpec.Images images =
        FeaturesSpec.Images.newBuilder()
            .setData(all())
            .setAugmentation(augmentation)
            .setEpochs(epochs)
            .setSeed(seed)
            .build();
    FeaturesSpec spec =
        FeaturesSpec.newBuilder().setBase(input(BASE)).setImages(images).setThreads(1).build();
    Path scratch = Files.createTempDirectory(disk, "features");
    TestingContext context = new TestingContext(scratch);
    context.artifacts.putAll(inputs());
    FeaturesExecutor executor = new FeaturesExecutor();
    StageOutput.NewFiles made =
        (StageOutput.NewFiles)
            executor.execute(StageSpec.newBuilder().setFeatures(spec).build(), context);
    assertThat(made.metrics()).containsEntry("features", 30.0 * epochs);
    assertThat(context.done()).isEqualTo(30L * epochs);
    return scratch.resolve("features");
  }

  @Test
  void aTeacherOfUnchangingPicturesIsAskedOnce() throws IOException {
    TrainSpec.Builder spec = fineTuning(method("kd_features {lambda: 1}")).toBuilder();
    TestingContext augmented = context("living-teacher", inputs());
    run(spec.build(), augmented);
    spec.getOptimisationBuilder().clearAugmentation();
    TestingContext plain = context("stored-teacher", inputs());
    Path once = folder(run(spec.build(), plain));
    Path twice = folder(run(spec.build(), context("stored-teacher-again", inputs())));

    String unit = "chunks for the teacher";
    assertThat(plain.progress).anyMatch(each -> each.getUnit().equals(unit));
    assertThat(augmented.progress).noneMatch(each -> each.getUnit().equals(unit));
    assertThat(once.resolve(Checkpoint.MODEL))
        .hasSameBinaryContentAs(twice.resolve(Checkpoint.MODEL));
  }

  @Test
  void recomputingBlocksChangesNoBit() throws IOException {
    TrainSpec.Builder spec = fineTuning(method("kd_logits {lambda: 1 temperature: 1}")).toBuilder();
    Path kept = folder(run(spec.build(), context("kept", inputs())));
    spec.getOptimisationBuilder().setRecompute(true);
    Path recomputed = folder(run(spec.build(), context("recomputed", inputs())));
    assertThat(recomputed.resolve(Checkpoint.MODEL))
        .hasSameBinaryContentAs(kept.resolve(Checkpoint.MODEL));
  }

  @Test
  void bf16AndMicroBatchesTrainNearlyTheSame() throws IOException {
    TrainSpec.Builder spec = fineTuning(method("full {}")).toBuilder();
    spec.getOptimisationBuilder().setPrecision(Optimisation.Precision.BF16).setMicroBatch(2);
    spec.getOptimisationBuilder()
        .getAugmentationBuilder()
        .setRandomResizedCrop(Augmentation.RandomResizedCrop.newBuilder().setMinScale(0.99));
    Path tuned = folder(run(spec.build(), context("bf16", inputs())));
    try (SafetensorsFile one = SafetensorsFile.open(tuned.resolve(Checkpoint.MODEL));
        SafetensorsFile other = SafetensorsFile.open(full.resolve(Checkpoint.MODEL))) {
      assertThat(one.floats(PATCH)).isNotEqualTo(other.floats(PATCH));
      assertThat(one.floats(PATCH)).containsExactly(other.floats(PATCH), Offset.offset(0.02f));
    }
  }

  @Test
  void aTensorWithRateFactorZeroStaysAsItIs() throws IOException {
    TrainSpec.Builder spec = fineTuning(method("full {}")).toBuilder();
    spec.getOptimisationBuilder()
        .addRateFactorsBuilder()
        .setTensors("vision_model.embeddings.*")
        .setFactor(0);
    assertThat(equal(folder(run(spec.build(), context("rates", inputs()))), PATCH)).isTrue();

    TrainSpec lora =
        spec.setMethod(method("lora {rank: 2 alpha: 4 targets: 'q_proj' train_head: true}"))
            .build();
    assertThat(equal(folder(run(lora, context("rates-of-lora", inputs()))), PATCH)).isTrue();

    spec.getOptimisationBuilder().getRateFactorsBuilder(0).setTensors("visual.*");
    refused(spec.build(), "optimisation.rate_factors: 'visual.*' matches no tensor that trains");
  }

  @Test
  void aTargetThatMatchesNothingIsNamedWithTheParameterToChange() {
    refused(
        fineTuning(method("lora {rank: 2 alpha: 4 targets: 'query'}")),
        "method.lora.targets: 'query' matches no weight that trains; there are [");
  }

  @Test
  void moreSamplesInAStepThanThereAreAndMoreThreadsThanProcessorsAreWarnedOf() throws IOException {
    TrainSpec.Builder spec = fineTuning(method("full {}")).toBuilder();
    spec.getOptimisationBuilder().setEpochs(1).setBatchSize(1000);
    TestingContext context = context("large-batch", inputs());
    run(spec.build(), context);
    assertThat(context.lines).anyMatch(line -> line.contains("the batch size 1000 is above the "));

    spec.getOptimisationBuilder().setThreads(1000).setWarmupSteps(0);
    assertThat(new OptimisationRules(spec.getOptimisation(), 2000).warnings())
        .singleElement()
        .asString()
        .startsWith("1000 threads share the ");

    spec.getOptimisationBuilder().setThreads(1).setWarmupSteps(8);
    assertThat(new OptimisationRules(spec.getOptimisation(), 2000).warnings())
        .singleElement()
        .asString()
        .contains("8 steps is not shorter than the run, which has 2: ", "rises to 25% of ");
  }

  @ParameterizedTest(name = "stopped after {0} steps")
  @ValueSource(longs = {1, STEPS_PER_EPOCH, STEPS_PER_EPOCH + 1})
  void aStoppedRunGoesOnToTheSameBytes(long stopAfter) throws IOException {
    assertSameBytesAfterAStop(fineTuning(method("l2 {lambda: 0.1}")), stopAfter);
  }

  @Test
  void aRunThatIsStoppedInItsSecondPhaseKeepsTheFirst() throws IOException {
    assertSameBytesAfterAStop(fineTuning(method("lp_ft {}")), 2 * STEPS_PER_EPOCH + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flyp {}",
        "early_stop {patience: 9 every_steps: 2"
            + " validation {dataset {artifact: 'sha256:data'} part: ALL}}",
        "lora {rank: 2 alpha: 4 targets: 'q_proj'} ema {decay: 0.5} l1 {lambda: 0.1}",
        "kd_features {lambda: 0.5 relative_to {artifact: 'sha256:full'}}",
        "replay {fraction: 0.25 data {dataset {artifact: 'sha256:data'} part: ALL}}",
      })
  void everyKindOfMethodGoesOnToTheSameBytes(String method) throws IOException {
    assertSameBytesAfterAStop(fineTuning(method(method)), 3);
  }

  @Test
  void whatTheDataSaysOfAPictureIsLearntAsIfItsClassSaidIt() throws IOException {
    Path captioned =
        ColouredPictures.prepareCaptioned(
            Files.createDirectory(disk.resolve("captioned")), 10, 1, "a {} thing");
    Path byClass = contrastiveFrom(data, "a {} thing");
    Path byPicture = contrastiveFrom(captioned, "{caption}");
    assertThat(byPicture.resolve(Checkpoint.MODEL))
        .hasSameBinaryContentAs(byClass.resolve(Checkpoint.MODEL));
    assertThatThrownBy(() -> contrastiveFrom(data, "{caption}"))
        .hasMessageContaining("has no caption, which {caption} asks for");
  }

  private Path contrastiveFrom(Path pictures, String caption) throws IOException {
    TrainSpec.Builder spec = contrastive().toBuilder().setBase(input(BASE));
    spec.getContrastiveBuilder().getSourcesBuilder(0).clearCaptions().addCaptions(caption);
    spec.getOptimisationBuilder().setEpochs(2);
    Map<String, Path> inputs = Map.of(DATA, pictures, BASE, base);
    return folder(run(spec.build(), context("captions-" + runs++, inputs)));
  }

  @Test
  void aStoppedContrastiveRunGoesOnToTheSameBytes() throws IOException {
    assertSameBytesAfterAStop(contrastive(), 3);
  }

  private void assertSameBytesAfterAStop(TrainSpec spec, long stopAfter) throws IOException {
    String name =
        String.join("-", Methods.names(spec.getMethod())) + "-" + spec.getTaskCase() + stopAfter;
    SortedMap<String, Path> undisturbed = run(spec, context(name, inputs())).files();
    TestingContext first = context(name + "-stopped", inputs());
    first.stopWhen(() -> steps(first).size() >= stopAfter);
    assertThatThrownBy(() -> run(spec, first)).isInstanceOf(StageStopped.class);

    TestingContext second = first.next(Files.createDirectory(disk.resolve(name + "-resumed")));
    SortedMap<String, Path> resumed = run(spec, second).files();
    assertThat(second.progress).last().matches(end -> end.getDone() == end.getTotal());

    assertThat(resumed.keySet()).isEqualTo(undisturbed.keySet());
    undisturbed.forEach(
        (file, path) -> assertThat(resumed.get(file)).as(file).hasSameBinaryContentAs(path));
  }

  @Test
  void snapshotsAreSavedWhileTrainingGoesOn() throws IOException {
    TestingContext context = context("snapshots", inputs());

    run(fineTuning(method("full {}")), context);

    assertThat(context.resumed()).isPresent();
  }

  @Test
  void mistakesInTheSpecAreTheUsersBeforeAnyStep() {
    TrainSpec full = fineTuning(method("full {}"));
    Classification twoNames =
        full.getClassification().toBuilder().addClassNames("a").addClassNames("b").build();

    refused(full.toBuilder().setClassification(twoNames).build(), "class_names has 2 names");
    refused(full.toBuilder().clearMethod().build(), "no method");
    refused(fineTuning(method("lora {rank: 2 alpha: 4 targets: 'w'}")), "'w' matches no weight");
    refused(
        fineTuning(
            method("replay {fraction: 0.01 data {dataset {artifact: 'sha256:data'} part: ALL}}")),
        "replay.fraction 0.01 of a batch of 8");
    refused(
        fineTuning(method("l2_decoupled {lambda: 2000}")),
        "the learning rate 0.001 times λ 2000.0 is above 1");
    refused(full.toBuilder().setBase(input(DATA)).build(), "not a Hugging Face folder");
    refused(
        contrastive().toBuilder().setMethod(method("l2 {lambda: 0.1}")).build(),
        "full only, not [l2]");
  }

  private void refused(TrainSpec spec, String complaint) {
    refused(spec, complaint, inputs());
  }

  private void refused(TrainSpec spec, String complaint, Map<String, Path> inputs) {
    assertThatThrownBy(() -> run(spec, context("refused-" + complaint.hashCode(), inputs)))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContaining(complaint);
  }

  @Test
  void aRunThatDivergesNamesStepAndBatchAndKeepsTheStateBefore() throws IOException {
    TrainSpec.Builder spec = fineTuning(method("full {}")).toBuilder();
    spec.getOptimisationBuilder().setLearningRate(1e30).setClipNorm(0);
    TestingContext context = context("diverging", inputs());

    assertThatThrownBy(() -> run(spec.build(), context))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContainingAll("lower optimisation.learning_rate", ", on samples ", " and 5 more")
        .message()
        .containsPattern("(red|green|blue)/")
        .contains("diverged at step " + steps(context).size());
    assertThat(context.lines)
        .anyMatch(line -> line.contains("the samples of the step that failed: "));
    try (dev.kedge.training.Progress kept =
        dev.kedge.training.Progress.read(context.resumed().orElseThrow(), new Trace())) {
      assertThat(kept.state().step()).isEqualTo(steps(context).size());
    }
  }

  private TestingContext context(String name, Map<String, Path> artifacts) throws IOException {
    TestingContext context = new TestingContext(Files.createDirectory(disk.resolve(name)));
    context.artifacts.putAll(artifacts);
    return context;
  }

  private static List<Map<String, Double>> steps(TestingContext context) {
    return context.progress.stream()
        .filter(progress -> progress.getUnit().equals("steps"))
        .map(Progress::getMetricsMap)
        .toList();
  }

  private Map<String, Path> inputs() {
    return Map.of(DATA, data, BASE, base, FISHER, fisher, FULL, full);
  }

  private static StageOutput.NewFiles run(TrainSpec spec, TestingContext context)
      throws IOException {
    TrainExecutor executor =
        new TrainExecutor(new QuickSettings(), RunMachine.alone(QuickSettings.PLENTY));
    return (StageOutput.NewFiles)
        executor.execute(StageSpec.newBuilder().setTrain(spec).build(), context);
  }

  private static Path folder(StageOutput.NewFiles output) {
    return output.files().get(Checkpoint.MODEL).getParent();
  }

  private static TrainSpec contrastive() {
    ClipArchitecture architecture =
        ClipArchitecture.newBuilder()
            .setImageSize(16)
            .setPatchSize(8)
            .setVisionWidth(16)
            .setVisionLayers(2)
            .setVisionHeads(2)
            .setTextWidth(16)
            .setTextLayers(1)
            .setTextHeads(2)
            .setContextLength(16)
            .setProjection(8)
            .build();
    Contrastive.Source source =
        Contrastive.Source.newBuilder()
            .setData(all())
            .addCaptions("a photo of a {}.")
            .addCaptions("a {} thing")
            .build();
    return TrainSpec.newBuilder()
        .setNewClip(architecture)
        .setContrastive(Contrastive.newBuilder().addSources(source))
        .setOptimisation(optimisation().setEpochs(10).setLearningRate(3e-3))
        .setMethod(method("full {}"))
        .build();
  }

  private static TrainSpec fineTuning(MethodSpec method) {
    return TrainSpec.newBuilder()
        .setBase(input(BASE))
        .setClassification(
            Classification.newBuilder().setTrain(all()).addTemplates("a photo of a {}."))
        .setOptimisation(optimisation())
        .setMethod(method)
        .build();
  }

  private static Optimisation.Builder optimisation() {
    return Optimisation.newBuilder()
        .setEpochs(2)
        .setBatchSize(8)
        .setLearningRate(1e-3)
        .setWeightDecay(0.1)
        .setWarmupSteps(2)
        .setSchedule(Optimisation.Schedule.COSINE)
        .setClipNorm(1)
        .setPrecision(Optimisation.Precision.F32)
        .setSeed(3)
        .setThreads(1)
        .setAugmentation(Augmentation.newBuilder().setFlip(true).setShiftPixels(2));
  }

  private static MethodSpec method(String text) {
    try {
      return TextFormat.parse(text, MethodSpec.class);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static DatasetPart all() {
    return DatasetPart.newBuilder().setDataset(input(DATA)).setPart(DatasetPart.Part.ALL).build();
  }

  private static Input input(String digest) {
    return Input.newBuilder().setArtifact(digest).build();
  }
}
