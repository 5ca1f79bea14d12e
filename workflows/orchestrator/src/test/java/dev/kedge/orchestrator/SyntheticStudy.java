package dev.kedge.orchestrator;

import dev.kedge.report.ClassPrediction;
import dev.kedge.report.ClassPredictions;
import dev.kedge.report.EvaluationIndex;
import dev.kedge.report.LanguagePrediction;
import dev.kedge.report.LanguagePredictions;
import dev.kedge.report.Predictions;
import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.Lineage;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.v1.Classification;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Instruction;
import dev.kedge.stage.v1.Measure;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A study whose stages are committed in a testing context, with made-up predictions. */
final class SyntheticStudy {
  static final double STAGE_SECONDS = 60;
  private static final int SAMPLES = 400;
  private static final Map<String, Study.Suite.Role> ROLES =
      new TreeMap<>(
          Map.of(
              "validation", Study.Suite.Role.SPECIALITY,
              "photo", Study.Suite.Role.SPECIALITY,
              "art-dev", Study.Suite.Role.GENERALITY,
              "art", Study.Suite.Role.GENERALITY));
  private static final List<String> SELECTING = List.of("validation", "art-dev");

  private final TestingContext context;
  private final Path disk;
  private final boolean selectable;
  private final boolean ofLanguage;
  private final Study.Builder study = Study.newBuilder().setReference("full");

  private SyntheticStudy(
      TestingContext context, Path disk, boolean selectable, boolean ofLanguage) {
    this.context = context;
    this.disk = disk;
    this.selectable = selectable;
    this.ofLanguage = ofLanguage;
    suites().forEach(id -> study.addSuites(suite(id)));
  }

  /** A base, full fine-tuning and its half-way average, in percent right. */
  static Study whole(TestingContext context, Path disk, boolean selectable) throws IOException {
    return new SyntheticStudy(context, disk, selectable, false)
        .add("base", "", Recipe.newBuilder().setCheckpoint(artifact("sha256:base")).build(), 60, 80)
        .add("full", "", Recipe.newBuilder().setCheckpoint(artifact("sha256:full")).build(), 90, 50)
        .add("full", "wise", half(), 90, 75)
        .study
        .build();
  }

  /** The same of a language model, in hundredths of a bit per byte. */
  static Study ofLanguage(TestingContext context, Path disk) throws IOException {
    Recipe base = Recipe.newBuilder().setCheckpoint(artifact("sha256:base")).build();
    Recipe full = Recipe.newBuilder().setCheckpoint(artifact("sha256:full")).build();
    return new SyntheticStudy(context, disk, true, true)
        .add("base", "", base, 210, 155)
        .add("full", "", full, 130, 194)
        .add("full", "wise", half(), 131, 170)
        .study
        .build();
  }

  static Recipe half() {
    return Recipe.newBuilder()
        .setWiseFt(
            Recipe.WiseFt.newBuilder()
                .setBase(Recipe.newBuilder().setCheckpoint(artifact("sha256:base")))
                .setTuned(Recipe.newBuilder().setCheckpoint(artifact("sha256:full")))
                .setAlpha(0.5))
        .build();
  }

  static Input artifact(String digest) {
    return Input.newBuilder().setArtifact(digest).build();
  }

  private List<String> suites() {
    return ROLES.keySet().stream().filter(id -> selectable || !SELECTING.contains(id)).toList();
  }

  private Study.Suite suite(String id) {
    return Study.Suite.newBuilder()
        .setId(id)
        .setRole(ROLES.get(id))
        .setUse(SELECTING.contains(id) ? Study.Suite.Use.SELECT : Study.Suite.Use.REPORT)
        .setMeasure(ofLanguage ? Measure.ANSWER_BITS_PER_BYTE : Measure.ACCURACY)
        .build();
  }

  private SyntheticStudy add(
      String method, String average, Recipe recipe, int speciality, int generality)
      throws IOException {
    String candidate = average.isEmpty() ? method : method + "-" + average;
    commit("train-" + method, "sha256:" + method, training());
    commit("evaluate-" + candidate, "sha256:evaluation-" + candidate, evaluation());
    context.artifacts.put(
        "sha256:evaluation-" + candidate, folder(candidate, speciality, generality));
    study.addPoints(
        Study.Point.newBuilder()
            .setCandidate(candidate)
            .setLabel(candidate)
            .setMethod(method)
            .setAverage(average)
            .setRecipe(recipe)
            .setEvaluation(Producer.newBuilder().setKey("evaluate-" + candidate))
            .addTraining(Producer.newBuilder().setKey("train-" + method)));
    return this;
  }

  private StageSpec training() {
    DatasetPart data =
        DatasetPart.newBuilder()
            .setDataset(artifact("sha256:photo-train"))
            .setPart(DatasetPart.Part.TRAINING)
            .setValidationFraction(0.1)
            .build();
    TrainSpec.Builder train = TrainSpec.newBuilder().setBase(artifact("sha256:imported"));
    if (ofLanguage) {
      train.setInstruction(Instruction.newBuilder().setTrain(data));
    } else {
      train.setClassification(Classification.newBuilder().setTrain(data));
    }
    return StageSpec.newBuilder().setTrain(train).build();
  }

  private StageSpec evaluation() {
    EvaluateSpec.Builder evaluate = EvaluateSpec.newBuilder();
    for (String id : suites()) {
      evaluate
          .addSuitesBuilder()
          .setId(id)
          .setData(
              DatasetPart.newBuilder()
                  .setDataset(artifact("sha256:data-" + id))
                  .setPart(DatasetPart.Part.ALL));
    }
    return StageSpec.newBuilder().setEvaluate(evaluate).build();
  }

  private void commit(String key, String artifact, StageSpec spec) {
    context.stages.put(
        key, new CommittedStage(key, artifact, STAGE_SECONDS, Map.of(), lineage(spec)));
  }

  static Lineage lineage(StageSpec spec) {
    return new Lineage(
        spec,
        1,
        new NumericsProfile(new TreeMap<>(Map.of("threads", "2"))),
        true,
        "here",
        "0.1.0",
        1,
        Instant.EPOCH,
        List.of());
  }

  private Path folder(String candidate, int speciality, int generality) throws IOException {
    Path folder = Files.createDirectories(disk.resolve("evaluation-" + candidate));
    EvaluationIndex index = new EvaluationIndex();
    for (String suite : suites()) {
      Path file = folder.resolve(index.add(suite, candidate));
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        predictions(ROLES.get(suite) == Study.Suite.Role.SPECIALITY ? speciality : generality)
            .write(out);
      }
    }
    index.write(folder);
    return folder;
  }

  private Predictions predictions(int hundredths) {
    return ofLanguage ? costs(hundredths) : outcomes(hundredths);
  }

  private static LanguagePredictions costs(int hundredths) {
    List<LanguagePrediction> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      int bytes = 10 + i % 50;
      double bits = bytes * hundredths / 100.0;
      samples.add(LanguagePrediction.of("s" + i, bits * Math.log(2), bytes, bytes / 2));
    }
    return new LanguagePredictions(dev.kedge.report.Measure.ANSWER_BITS_PER_BYTE, samples);
  }

  private static ClassPredictions outcomes(int percent) {
    List<ClassPrediction> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      boolean right = i % 100 < percent;
      samples.add(new ClassPrediction("s" + i, 0, right ? List.of(0, 1) : List.of(1, 0), 0.9));
    }
    return new ClassPredictions(List.of("dog", "house"), samples);
  }
}
