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

/**
 * The points that are compared, and the EVALUATE stages that measure them. Points that stand or
 * fall together share a stage: a skipped run takes no other run's measurements with it.
 */
final class StudyBuilder {
  static final String BASE = "base";

  private final Stages stages;
  private final EvaluateSpec tests;
  private final Study.Builder study = Study.newBuilder();
  private final UniqueIds candidates = new UniqueIds();

  /**
   * A study without points.
   *
   * @param tests an evaluation without candidates: suites and threads
   */
  StudyBuilder(Stages stages, List<Study.Suite> suites, EvaluateSpec tests) {
    this.stages = stages;
    this.tests = tests;
    study.addAllSuites(suites);
  }

  void addBase(Input base) {
    Study.Point.Builder point = point(BASE, BASE, BASE, Recipes.checkpoint(base));
    if (base.hasStage()) {
      point.addTraining(Stages.producer(base));
    }
    evaluate(BASE, List.of(point));
  }

  void addRun(Trained trained) {
    evaluate(trained.run().id(), List.of(plain(trained)));
  }

  /** A run, and the line from the base to it. */
  void addRun(Trained trained, Recipe base, Average average) {
    List<Study.Point.Builder> points = new ArrayList<>();
    points.add(plain(trained));
    for (double alpha : average.getWiseFt().getAlphasList()) {
      points.add(interpolated(trained, base, average.getId(), alpha));
    }
    evaluate(trained.run().id(), points);
  }

  /** The mean of all runs of a method. */
  void addSoup(String method, String average, List<Trained> runs) {
    String id = method + "-" + average;
    Recipe soup = Recipes.uniformSoup(runs.stream().map(Trained::recipe).toList());
    Study.Point.Builder point = point(id, method + " " + average, method, soup).setAverage(average);
    runs.forEach(one -> point.addTraining(Stages.producer(one.checkpoint())));
    evaluate(id, List.of(point));
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

  private Study.Point.Builder interpolated(
      Trained trained, Recipe base, String average, double alpha) {
    Run run = trained.run();
    String text = Numbers.text(alpha);
    return point(
            run.id() + "-alpha" + text,
            run.label() + " α=" + text,
            run.method(),
            Recipes.wiseFt(base, trained.recipe(), alpha))
        .setAverage(average)
        .setAlpha(alpha)
        .setSeed(run.seed())
        .addTraining(Stages.producer(trained.checkpoint()));
  }

  private Study.Point.Builder point(String candidate, String label, String method, Recipe recipe) {
    return Study.Point.newBuilder()
        .setCandidate(candidates.take(candidate))
        .setLabel(label)
        .setMethod(method)
        .setRecipe(recipe);
  }

  private void evaluate(String id, List<Study.Point.Builder> points) {
    EvaluateSpec.Builder evaluate = tests.toBuilder();
    for (Study.Point.Builder point : points) {
      evaluate.addCandidatesBuilder().setId(point.getCandidate()).setRecipe(point.getRecipe());
    }
    Input evaluation =
        stages.add("evaluate-" + id, StageSpec.newBuilder().setEvaluate(evaluate).build());
    Producer producer = Stages.producer(evaluation);
    points.forEach(point -> study.addPoints(point.setEvaluation(producer)));
  }
}
