package dev.kedge.plan;

import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.Average;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The points that are compared, and the EVALUATE stages that measure them. Points that stand or
 * fall together share a stage: a skipped run takes no other run's measurements with it, nor does a
 * skipped search take the run's.
 */
final class StudyBuilder {
  static final String BASE = "base";

  private final Stages stages;
  private final EvaluateSpec tests;
  private final Searches searches;
  private final Study.Builder study = Study.newBuilder();
  private final UniqueIds candidates = new UniqueIds();

  /**
   * A study without points.
   *
   * @param tests an evaluation without candidates: suites and threads
   */
  StudyBuilder(Stages stages, List<Study.Suite> suites, EvaluateSpec tests, Searches searches) {
    this.stages = stages;
    this.tests = tests;
    this.searches = searches;
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
      Averaging averaging = Averaging.of(average);
      for (AveragePoint at : averaging.grid(average)) {
        List<Recipe> tuned = List.of(trained.recipe());
        SearchStage search = searches.called(trained.run().id() + at.id());
        Recipe recipe = averaging.way().of(average, at, base.orElseThrow(), tuned, search);
        points.add(averaged(trained, average, at, recipe));
      }
    }
    evaluateBySearch(trained.run().id(), points);
  }

  /** The averages of all runs of a method. */
  void addAverage(String method, Optional<Recipe> base, Average average, List<Trained> runs) {
    Averaging averaging = Averaging.of(average);
    List<Recipe> tuned = runs.stream().map(Trained::recipe).toList();
    List<Study.Point.Builder> points = new ArrayList<>();
    for (AveragePoint at : averaging.grid(average)) {
      SearchStage search = searches.called(method + at.id());
      Recipe recipe =
          averaging.way().of(average, at, base.orElse(Recipe.getDefaultInstance()), tuned, search);
      Study.Point.Builder point =
          point(method + at.id(), method + at.label(), method, recipe).setAverage(average.getId());
      runs.forEach(one -> point.addTraining(Stages.producer(one.checkpoint())));
      addSearch(point);
      points.add(point);
    }
    evaluate(method + "-" + average.getId(), points);
    points.forEach(study::addPoints);
  }

  Study build(String reference) {
    return study.setReference(reference).build();
  }

  private Study.Point.Builder plain(Trained trained) {
    Run run = trained.run();
    return point(run.id(), run.label(), run.method(), trained.recipe())
        .setSeed(run.seed())
        .addTraining(Stages.producer(trained.checkpoint()));
  }

  private Study.Point.Builder averaged(
      Trained trained, Average average, AveragePoint at, Recipe recipe) {
    Run run = trained.run();
    Study.Point.Builder point =
        point(run.id() + at.id(), run.label() + at.label(), run.method(), recipe)
            .setAverage(average.getId())
            .setSeed(run.seed())
            .addTraining(Stages.producer(trained.checkpoint()));
    addSearch(point);
    if (average.hasWiseFt()) {
      point.setAlpha(at.at(Dial.ALPHAS));
    }
    return point;
  }

  /** What a search has cost is a part of what the point has cost. */
  private static void addSearch(Study.Point.Builder point) {
    if (point.getRecipe().hasFound()) {
      point.addTraining(Stages.producer(point.getRecipe().getFound()));
    }
  }

  private Study.Point.Builder point(String candidate, String label, String method, Recipe recipe) {
    return Study.Point.newBuilder()
        .setCandidate(candidates.take(candidate))
        .setLabel(label)
        .setMethod(method)
        .setRecipe(recipe);
  }

  /** What was found stands alone, since its search can fail; the rest shares a stage. */
  private void evaluateBySearch(String id, List<Study.Point.Builder> points) {
    evaluate(id, points.stream().filter(point -> !point.getRecipe().hasFound()).toList());
    points.stream()
        .filter(point -> point.getRecipe().hasFound())
        .forEach(point -> evaluate(point.getCandidate(), List.of(point)));
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
