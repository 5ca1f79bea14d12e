package dev.kedge.plan;

import dev.kedge.stage.v1.Recipe;
import dev.kedge.v1.Average;
import java.util.List;

/** Averages that are made for some tensors, all others being taken from one side. */
final class PartialAverage {
  private static final String ALL = "*";

  private PartialAverage() {}

  static boolean isIn(Average average) {
    return average.getIncludeCount() + average.getExcludeCount() > 0;
  }

  /**
   * The recipe with which the average is applied. What a search finds is for some tensors already.
   *
   * @param whole what it would be for all tensors
   */
  static Recipe of(Average average, Recipe whole, Recipe base, List<Trained> runs) {
    Recipe otherwise = average.getOtherwise() == Average.Side.BASE ? base : tuned(runs);
    if (!isIn(average) || whole.hasFound() || whole.equals(otherwise)) {
      return whole;
    }
    Recipe.ByName.Rule.Builder rule =
        Recipe.ByName.Rule.newBuilder()
            .addAllInclude(average.getIncludeList())
            .addAllExclude(average.getExcludeList())
            .setRecipe(whole);
    if (average.getIncludeCount() == 0) {
      rule.addInclude(ALL);
    }
    return Recipe.newBuilder()
        .setByName(Recipe.ByName.newBuilder().addRules(rule).setOtherwise(otherwise))
        .build();
  }

  private static Recipe tuned(List<Trained> runs) {
    return runs.size() == 1 ? runs.get(0).recipe() : AverageRecipes.mean(runs);
  }
}
