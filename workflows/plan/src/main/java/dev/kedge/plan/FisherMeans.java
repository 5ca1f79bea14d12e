package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.v1.Average;
import java.util.List;

/** Averages by Fisher information, and the stages that take it. */
record FisherMeans(FisherStages fishers) {
  private static final double FLOOR = 1e-6;

  /** The base and a run, whose information has the share α. */
  Recipe of(Average.Fisher given, double alpha, Recipe base, Trained run) {
    Information how = Information.of(given);
    Input old = fishers.ofBase(how, given.getCalibration(), base.getCheckpoint(), false);
    return mean(
        List.of(
            informed(base, old, 1 - alpha), informed(run.recipe(), fishers.ofRun(how, run), alpha)),
        given.hasFloor() ? given.getFloor() : FLOOR);
  }

  /** All runs alike. */
  Recipe of(Average.FisherSoup given, List<Trained> runs) {
    Information how = Information.of(given);
    return mean(
        runs.stream().map(run -> informed(run.recipe(), fishers.ofRun(how, run), 1)).toList(),
        given.hasFloor() ? given.getFloor() : FLOOR);
  }

  private static Recipe.FisherMean.Informed informed(Recipe model, Input fisher, double weight) {
    return Recipe.FisherMean.Informed.newBuilder()
        .setRecipe(model)
        .setFisher(fisher)
        .setWeight(weight)
        .build();
  }

  private static Recipe mean(List<Recipe.FisherMean.Informed> terms, double floor) {
    return Recipe.newBuilder()
        .setFisher(
            Recipe.FisherMean.newBuilder()
                .addAllTerms(terms)
                .setFloor(floor)
                .setNormalise(Recipe.FisherMean.Normalise.MEAN_ONE))
        .build();
  }
}
