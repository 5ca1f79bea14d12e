package dev.kedge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.cli.file.ExperimentFile;
import dev.kedge.plan.Resolution;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.ImageClassification;
import dev.kedge.v1.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example is planned, against small models and data of the shape that it names. */
class PapersIT {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @TempDir private static Path folder;
  private static RunningKedge kedge;
  private static ShapedData data;
  private static final Set<String> IMPORTED = new HashSet<>();

  @BeforeAll
  static void thereAreModels() throws IOException {
    kedge = RunningKedge.start(folder.resolve("state"));
    data = new ShapedData(folder.resolve("data"));
    SmallModels models = new SmallModels(kedge, data, folder);
    models.clip("pacs-base", "clip-vit-base-patch16");
    models.language("small-opt", "medical-base", "galactica-1-3b");
  }

  @AfterAll
  static void stop() {
    kedge.close();
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> all = Files.walk(EXAMPLES)) {
      return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleCanBePlanned(Path example) throws IOException {
    ExperimentSpec spec = ExperimentFile.read(example, Map.of()).spec();
    importWhatIsNamed(spec);

    assertThat(kedge.kedge("plan", example.toString())).contains("to learn: ", "to test: ");
  }

  @Test
  void thePlanOfAStudySaysWhatThereIsToDo() throws IOException {
    Path study = EXAMPLES.resolve("papers/feature-protection.yaml");
    importWhatIsNamed(ExperimentFile.read(study, Map.of()).spec());

    // 17 points of the grids in five seeds; of 14 pictures one is held back, in ten epochs.
    assertThat(kedge.kedge("plan", study.toString()))
        .contains("to learn: 11,050 samples in 85 trainings", "to store: at most ");
  }

  @Test
  void theFirstShortRunOfAFullSizeStudyCanBePlanned() throws IOException {
    Path study = EXAMPLES.resolve("papers/full-size/imagenet.yaml");
    importWhatIsNamed(ExperimentFile.read(study, Map.of()).spec());

    assertThat(
            kedge.kedge(
                "plan",
                study.toString(),
                "--set",
                "training.epochs=1",
                "--set",
                "methods=[{id: full, full: {}}]",
                "--set",
                "averages=[]"))
        .contains("in 1 training");
  }

  /**
   * What is known of the originals; batch and warm-up of a training set as small as Galactica's are
   * ours.
   */
  @ParameterizedTest
  @CsvSource({
    "imagenet, 512, 500, 80, 13",
    "domainnet, 512, 500, 1, 13",
    "galactica, 16, 30, 0, 11"
  })
  void theFullSizeFilesHaveTheOriginalsSettings(
      String name, int batch, int warmup, int prompts, int trainings) throws IOException {
    Path study = EXAMPLES.resolve("papers/full-size/" + name + ".yaml");
    ExperimentSpec spec = ExperimentFile.read(study, Map.of()).spec();
    importWhatIsNamed(spec);

    Training training = spec.getTraining();
    assertThat(training.getLearningRateList()).containsExactly(3e-5);
    assertThat(training.getWeightDecay()).isEqualTo(0.1);
    assertThat(training.getEpochs()).isEqualTo(10);
    assertThat(training.getBatchSize()).isEqualTo(batch);
    assertThat(training.getWarmupSteps()).isEqualTo(warmup);
    assertThat(training.getSchedule()).isEqualTo(Training.Schedule.COSINE);
    assertThat(training.getClipNorm()).isEqualTo(1.0);
    assertThat(spec.getAverages(0).getWiseFt().getAlphasList())
        .containsExactly(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);
    assertThat(spec.getTask().getImageClassification().getTemplatesList()).hasSize(prompts);
    assertThat(kedge.kedge("plan", study.toString())).contains("in " + trainings + " trainings");
  }

  private static void importWhatIsNamed(ExperimentSpec spec) throws IOException {
    Map<String, Set<String>> classes = classes(spec);
    for (String reference : Resolution.references(spec)) {
      String name = reference.substring(reference.indexOf('/') + 1);
      if (reference.startsWith("datasets/") && !IMPORTED.contains(name)) {
        imported(
            name,
            ShapedData.isText(name)
                ? data.texts(name)
                : data.pictures(name, classes.getOrDefault(reference, ShapedData.PACS)));
      }
    }
  }

  private static void imported(String name, Path source) {
    kedge.importDataset(name, source);
    IMPORTED.add(name);
  }

  /** The folders that data of pictures has, where the file or its suite names them. */
  private static Map<String, Set<String>> classes(ExperimentSpec spec) {
    Map<String, Set<String>> classes = new TreeMap<>();
    ImageClassification task = spec.getTask().getImageClassification();
    if (task.getClassNamesCount() > 0) {
      classes.put(task.getTrain(), task.getClassNamesMap().keySet());
    }
    for (Evaluation test : spec.getEvaluationsList()) {
      if (test.getClassMapCount() > 0) {
        classes.put(test.getDataset(), test.getClassMapMap().keySet());
      } else if (test.getClassesCount() > 0) {
        classes.put(test.getDataset(), Set.copyOf(test.getClassesList()));
      } else if (test.getClassNamesCount() > 0) {
        classes.put(test.getDataset(), test.getClassNamesMap().keySet());
      }
    }
    return classes;
  }
}
