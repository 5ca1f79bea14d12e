package dev.kedge.orchestrator;

import dev.kedge.report.ClassPrediction;
import dev.kedge.report.ClassPredictions;
import dev.kedge.report.EvaluationIndex;
import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.Lineage;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.v1.Classification;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Input;
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
  static final double TRAINING_SECONDS = 60;
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
  private final Study.Builder study = Study.newBuilder().setReference("full");

  SyntheticStudy(TestingContext context, Path disk, boolean selectable) {
    this.context = context;
    this.disk = disk;
    this.selectable = selectable;
    suites().forEach(id -> study.addSuites(suite(id)));
  }

  /** A base, full fine-tuning and its half-way average, in percent right. */
  static Study whole(TestingContext context, Path disk, boolean selectable) throws IOException {
    return new SyntheticStudy(context, disk, selectable)
        .add("base", "", Recipe.newBuilder().setCheckpoint(artifact("sha256:base")).build(), 60, 80)
        .add("full", "", Recipe.newBuilder().setCheckpoint(artifact("sha256:full")).build(), 90, 50)
        .add("full", "wise", half(), 90, 75)
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

  private static Study.Suite suite(String id) {
    return Study.Suite.newBuilder()
        .setId(id)
        .setRole(ROLES.get(id))
        .setUse(SELECTING.contains(id) ? Study.Suite.Use.SELECT : Study.Suite.Use.REPORT)
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

  private static StageSpec training() {
    return StageSpec.newBuilder()
        .setTrain(
            TrainSpec.newBuilder()
                .setBase(artifact("sha256:imported"))
                .setClassification(
                    Classification.newBuilder()
                        .setTrain(
                            DatasetPart.newBuilder()
                                .setDataset(artifact("sha256:photo-train"))
                                .setPart(DatasetPart.Part.TRAINING)
                                .setValidationFraction(0.1))))
        .build();
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
        key,
        new CommittedStage(
            key,
            artifact,
            TRAINING_SECONDS,
            Map.of(),
            new Lineage(
                spec,
                1,
                new NumericsProfile(new TreeMap<>(Map.of("threads", "2"))),
                true,
                "here",
                "0.1.0",
                1,
                Instant.EPOCH)));
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

  private static ClassPredictions predictions(int percent) {
    List<ClassPrediction> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      boolean right = i % 100 < percent;
      samples.add(new ClassPrediction("s" + i, 0, right ? List.of(0, 1) : List.of(1, 0), 0.9));
    }
    return new ClassPredictions(List.of("dog", "house"), samples);
  }
}
