package dev.kedge.plan;

import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.Average;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The points that are compared, and the EVALUATE stages that measure them. Points that stand or
 * fall together share a stage: a skipped run takes no other run's measurements with it, nor does a
 * skipped search or information take the run's.
 */
final class StudyBuilder {
  static final String BASE = "base";

  private final Stages stages;
  private final EvaluateSpec tests;
  private final Searches searches;
  private final FisherMeans means;
  private final Study.Builder study = Study.newBuilder();
  private final UniqueIds candidates = new UniqueIds();

  /**
   * A study without points.
   *
   * @param tests an evaluation without candidates: suites and threads
   */
  StudyBuilder(
      Stages stages,
      List<Study.Suite> suites,
      EvaluateSpec tests,
      Searches searches,
      FisherMeans means) {
    this.stages = stages;
    this.tests = tests;
    this.searches = searches;
    this.means = means;
    study.addAllSuites(suites);
  }

  void addBase(Input base) {
    Study.Point.Builder point = point(BASE, BASE, BASE, Recipes.checkpoint(base));
    if (base.hasStage()) {
      point.addTraining(Stages.producer(base));
    }
    evaluate(BASE, List.of(point));
    study.addPoints(point);
  }

  /** A run, and its averages with the base. */
  void addRun(Trained trained, Optional<Recipe> base, List<Average> averages) {
    List<Study.Point.Builder> points = new ArrayList<>();
    points.add(plain(trained));
    for (Average average : averages) {
      for (AveragePoint at : Averaging.of(average).grid(average)) {
        points.add(averaged(trained, average, at, base));
      }
    }
    evaluateByNeeds(trained.run().id(), points);
  }

  /** The averages of runs of a method. */
  void addAverage(String method, Optional<Recipe> base, Average average, List<Trained> runs) {
    List<Study.Point.Builder> points = new ArrayList<>();
    for (AveragePoint at : Averaging.of(average).grid(average)) {
      Recipe recipe = recipe(average, at, base, runs, method);
      Study.Point.Builder point =
          point(method + at.id(), method + at.label(), method, recipe).setAverage(average.getId());
      runs.forEach(one -> point.addTraining(Stages.producer(one.checkpoint())));
      addOthers(point, base);
      points.add(point);
    }
    evaluate(method + "-" + average.getId(), points);
    points.forEach(study::addPoints);
  }

  private Recipe recipe(
      Average average, AveragePoint at, Optional<Recipe> base, List<Trained> runs, String of) {
    Recipe start = base.orElse(Recipe.getDefaultInstance());
    PointStages beside = new PointStages(of + at.id(), searches, means);
    Recipe whole = Averaging.of(average).way().of(average, at, start, runs, beside);
    return PartialAverage.of(average, whole, start, runs);
  }

  Study build(String reference) {
    List<Producer> training =
        study.getPointsList().stream().flatMap(point -> point.getTrainingList().stream()).toList();
    return study.addAllNeeded(stages.neededBy(training)).setReference(reference).build();
  }

  private Study.Point.Builder plain(Trained trained) {
    Run run = trained.run();
    return point(run.id(), run.label(), run.method(), trained.recipe())
        .setSeed(run.seed())
        .addTraining(Stages.producer(trained.checkpoint()));
  }

  private Study.Point.Builder averaged(
      Trained trained, Average average, AveragePoint at, Optional<Recipe> base) {
    Run run = trained.run();
    Recipe recipe = recipe(average, at, base, List.of(trained), run.id());
    Study.Point.Builder point =
        point(run.id() + at.id(), run.label() + at.label(), run.method(), recipe)
            .setAverage(average.getId())
            .setSeed(run.seed())
            .addTraining(Stages.producer(trained.checkpoint()));
    addOthers(point, base);
    if (Averaging.isSweep(average)) {
      point.setAlpha(at.at(AverageParameter.ALPHAS));
    }
    return point;
  }

  /** What searches and information have cost is a part of what the point has cost. */
  private static void addOthers(Study.Point.Builder point, Optional<Recipe> base) {
    Set<String> others = References.in(point.getRecipe());
    base.ifPresent(start -> others.remove(start.getCheckpoint().getStage()));
    point.getTrainingList().forEach(run -> others.remove(run.getStage()));
    others.forEach(stage -> point.addTraining(Producer.newBuilder().setStage(stage)));
  }

  private Study.Point.Builder point(String candidate, String label, String method, Recipe recipe) {
    return Study.Point.newBuilder()
        .setCandidate(candidates.take(candidate))
        .setLabel(label)
        .setMethod(method)
        .setRecipe(recipe);
  }

  /** Points of a run that need the same stages share one: what else they need can fail. */
  private void evaluateByNeeds(String id, List<Study.Point.Builder> points) {
    Map<List<Producer>, List<Study.Point.Builder>> byNeeds =
        points.stream()
            .collect(
                Collectors.groupingBy(
                    Study.Point.Builder::getTrainingList, LinkedHashMap::new, Collectors.toList()));
    byNeeds.forEach(
        (needs, together) ->
            evaluate(needs.size() == 1 ? id : together.get(0).getCandidate(), together));
    points.forEach(study::addPoints);
  }

  /** Says in the points where their measurements are. */
  private void evaluate(String id, List<Study.Point.Builder> points) {
    EvaluateSpec.Builder evaluate = tests.toBuilder();
    for (Study.Point.Builder point : points) {
      evaluate.addCandidatesBuilder().setId(point.getCandidate()).setRecipe(point.getRecipe());
    }
    Input evaluation =
        stages.add("evaluate-" + id, StageSpec.newBuilder().setEvaluate(evaluate).build());
    Producer producer = Stages.producer(evaluation);
    points.forEach(point -> point.setEvaluation(producer));
  }
}
