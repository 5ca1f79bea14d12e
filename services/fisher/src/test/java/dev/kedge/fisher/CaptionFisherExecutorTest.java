package dev.kedge.fisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.clip.Activation;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.ClipInitialisation;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.clip.TextConfig;
import dev.kedge.models.clip.TowerConfig;
import dev.kedge.models.clip.VisionConfig;
import dev.kedge.models.text.CaptionVocabulary;
import dev.kedge.models.text.ClipTokenizer;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadFile;
import dev.kedge.models.train.HeadForm;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.testing.ColouredPictures;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptionFisherExecutorTest {
  private static final String MODEL = "sha256:model";
  private static final String CLASSIFIER = "sha256:classifier";
  private static final String DATA = "sha256:data";
  private static final List<String> TEMPLATES = List.of("a picture of {}", "the {} picture");
  private static final CaptionVocabulary WORDS =
      CaptionVocabulary.of(Stream.of("a picture of the blue green red yellow"));

  @TempDir private Path disk;
  private TestingContext context;
  private ClipConfig config;

  @BeforeEach
  void aModelAndItsCalibrationData() throws IOException {
    TowerConfig tower = new TowerConfig(16, 32, 2, 2, Activation.QUICK_GELU, 1e-5);
    int end = WORDS.endToken();
    config =
        new ClipConfig(
            new TextConfig(tower, WORDS.size(), 16, WORDS.startToken(), end, end),
            new VisionConfig(tower, 16, 8, 3),
            8,
            2.6592);
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
    context.artifacts.put(MODEL, model("model"));
    context.artifacts.put(
        DATA, ColouredPictures.prepare(Files.createDirectory(disk.resolve("data")), 5, 1));
  }

  private Path model(String name) throws IOException {
    Path folder = disk.resolve(name);
    WORDS.writeTo(folder, config.text().context());
    ClipFolder.write(folder, config, ClipInitialisation.of(config, 5));
    return folder;
  }

  @ParameterizedTest
  @EnumSource(
      value = FisherSpec.Mode.class,
      names = {"EMPIRICAL", "EXPECTED", "SAMPLED"})
  void theImageSideHasTheInformationOfTheZeroShotClassifier(FisherSpec.Mode mode)
      throws IOException {
    context.artifacts.put(CLASSIFIER, zeroShotClassifier());
    FisherSpec.Builder spec = spec(MODEL).setMode(mode).setDraws(2);
    try (SafetensorsFile captions = run(spec.setCaptions(captions()));
        SafetensorsFile classifier = run(spec(CLASSIFIER).setMode(mode).setDraws(2))) {
      assertThat(captions.specs().keySet()).isEqualTo(ClipTensors.vision(config).keySet());
      for (String name : captions.specs().keySet()) {
        assertThat(captions.floats(name)).as(name).isEqualTo(classifier.floats(name));
      }
    }
  }

  /** The model with the head that its text tower makes of the captions. */
  private Path zeroShotClassifier() throws IOException {
    Path folder = model("classifier");
    new HeadFile(HeadForm.LINEAR, ColouredPictures.CLASSES).write(folder);
    try (Scope scope = Scope.plain();
        Checkpoint tensors = Checkpoint.open(folder);
        ClipTokenizer tokenizer = ClipTokenizer.open(folder, config.text().context())) {
      List<long[]> ids = new ArrayList<>();
      for (String name : ColouredPictures.CLASSES) {
        TEMPLATES.forEach(text -> ids.add(tokenizer.encode(text.replace("{}", name)).ids()));
      }
      Weights weights = Weights.read(scope, tensors);
      TextBatch prompts = new TextBatch(config.text(), ids);
      Tensor rows = new Clip(config).zeroShotRows(scope, weights, prompts, 3);
      Weights head = HeadForm.LINEAR.of(scope, weights, rows);
      SafetensorsWriter.write(folder.resolve(Checkpoint.HEAD), head.snapshot(), Map.of());
    }
    return folder;
  }

  @Test
  void otherNamesForTheClassesAreOtherCaptions() throws IOException {
    FisherSpec.Captions.Builder renamed = captions().addAllClassNames(List.of("red", "a", "of"));
    String name = ClipTensors.POSITIONS;
    try (SafetensorsFile own = run(spec(MODEL).setCaptions(captions()));
        SafetensorsFile other = run(spec(MODEL).setCaptions(renamed))) {
      assertThat(own.floats(name)).isNotEqualTo(other.floats(name));
    }
  }

  @Test
  void aNameForEveryClassIsNeeded() {
    FisherSpec.Captions.Builder tooFew = captions().addClassNames("red");
    assertThatThrownBy(() -> run(spec(MODEL).setCaptions(tooFew)))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("class_names has 1 names, but the calibration data has 3 classes");
  }

  private static FisherSpec.Captions.Builder captions() {
    return FisherSpec.Captions.newBuilder().addAllTemplates(TEMPLATES);
  }

  private SafetensorsFile run(FisherSpec.Builder spec) throws IOException {
    TestingContext fresh = context.next(Files.createTempDirectory(disk, "run"));
    StageOutput.NewFiles output =
        (StageOutput.NewFiles)
            new FisherExecutor().execute(StageSpec.newBuilder().setFisher(spec).build(), fresh);
    return SafetensorsFile.open(output.files().get("fisher.safetensors"));
  }

  private static FisherSpec.Builder spec(String checkpoint) {
    return FisherSpec.newBuilder()
        .setCheckpoint(Input.newBuilder().setArtifact(checkpoint))
        .setData(
            DatasetPart.newBuilder()
                .setDataset(Input.newBuilder().setArtifact(DATA))
                .setPart(DatasetPart.Part.ALL))
        .setSeed(1)
        .setThreads(1);
  }
}
