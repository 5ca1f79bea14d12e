package dev.kedge.plan;

import dev.kedge.stage.v1.Recipe;
import dev.kedge.v1.Average;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The recipe of every way to average, at one point of its grid. */
final class AverageRecipes {
  private AverageRecipes() {}

  /** The ends of the line are the models themselves, so that they are evaluated once. */
  static Recipe wiseFt(Average average, AveragePoint point, Recipe base, List<Trained> runs) {
    double alpha = point.at(AverageParameter.ALPHAS);
    if (alpha == 0 || alpha == 1) {
      return alpha == 0 ? base : runs.get(0).recipe();
    }
    return Recipe.newBuilder()
        .setWiseFt(
            Recipe.WiseFt.newBuilder().setBase(base).setTuned(runs.get(0).recipe()).setAlpha(alpha))
        .build();
  }

  static Recipe uniformSoup(Average average, AveragePoint point, Recipe base, List<Trained> runs) {
    return mean(runs);
  }

  /** The mean of some runs. */
  static Recipe mean(List<Trained> runs) {
    return sum(terms(runs));
  }

  /** Of the runs that have weights. */
  static Recipe linear(Average average, AveragePoint point, Recipe base, List<Trained> runs) {
    Map<String, Double> weights = average.getLinear().getWeightsMap();
    List<Recipe.Linear.Term> terms = new ArrayList<>();
    if (weights.containsKey(StudyBuilder.BASE)) {
      terms.add(term(base, weights.get(StudyBuilder.BASE)));
    }
    runs.forEach(one -> terms.add(term(one.recipe(), weights.get(one.run().id()))));
    return sum(terms);
  }

  private static Recipe sum(List<Recipe.Linear.Term> terms) {
    return Recipe.newBuilder()
        .setLinear(Recipe.Linear.newBuilder().addAllTerms(terms).setNormalise(true))
        .build();
  }

  static Recipe lines(Average average, AveragePoint point, Recipe base, List<Trained> runs) {
    return Recipe.newBuilder()
        .setLines(
            Recipe.Lines.newBuilder()
                .setBase(base)
                .setTuned(runs.get(0).recipe())
                .setFirst(point.at(AverageParameter.FIRST))
                .setLast(point.at(AverageParameter.LAST)))
        .build();
  }

  static Recipe blockwise(Average average, AveragePoint point, Recipe base, List<Trained> runs) {
    Average.Blockwise given = average.getBlockwise();
    double first = given.getRatios(0);
    double last = given.getRatios(given.getRatiosCount() - 1);
    return Recipe.newBuilder()
        .setBlockwise(
            Recipe.Blockwise.newBuilder()
                .setBase(base)
                .setTuned(runs.get(0).recipe())
                .addAllRatios(given.getRatiosList())
                .setEmbeddings(given.hasEmbeddings() ? given.getEmbeddings() : first)
                .setNorm(given.hasNorm() ? given.getNorm() : last)
                .setHead(given.hasHead() ? given.getHead() : last)
                .setRatioOf(Recipe.Blockwise.Side.TUNED))
        .build();
  }

  static Recipe slerp(Average average, AveragePoint point, Recipe base, List<Trained> runs) {
    return Recipe.newBuilder()
        .setSlerp(
            Recipe.Slerp.newBuilder()
                .setA(base)
                .setB(runs.get(0).recipe())
                .setT(point.at(AverageParameter.T)))
        .build();
  }

  static Recipe taskArithmetic(
      Average average, AveragePoint point, Recipe base, List<Trained> runs) {
    return Recipe.newBuilder()
        .setTaskArithmetic(
            Recipe.TaskArithmetic.newBuilder()
                .setBase(base)
                .addAllTerms(terms(runs))
                .setNormalise(true)
                .setLambda(point.at(AverageParameter.LAMBDA)))
        .build();
  }

  static Recipe ties(Average average, AveragePoint point, Recipe base, List<Trained> runs) {
    boolean global = average.getTies().getTrim() == Average.Ties.Trim.GLOBAL;
    return Recipe.newBuilder()
        .setTies(
            Recipe.Ties.newBuilder()
                .setBase(base)
                .addAllTerms(sparse(runs, point))
                .setTrim(global ? Recipe.Ties.Trim.GLOBAL : Recipe.Ties.Trim.PER_TENSOR)
                .setNormalise(true)
                .setLambda(point.at(AverageParameter.LAMBDA)))
        .build();
  }

  static Recipe dare(Average average, AveragePoint point, Recipe base, List<Trained> runs) {
    return Recipe.newBuilder()
        .setDare(
            Recipe.Dare.newBuilder()
                .setBase(base)
                .addAllTerms(sparse(runs, point))
                .setSeed(average.getDare().getSeed())
                .setRescale(Recipe.Dare.Rescale.DENSITY)
                .setElect(average.getDare().getElect())
                .setNormalise(true)
                .setLambda(point.at(AverageParameter.LAMBDA)))
        .build();
  }

  static Recipe modelStock(Average average, AveragePoint point, Recipe base, List<Trained> runs) {
    return Recipe.newBuilder()
        .setModelStock(
            Recipe.ModelStock.newBuilder()
                .setBase(base)
                .addAllModels(runs.stream().map(Trained::recipe).toList()))
        .build();
  }

  private static List<Recipe.Linear.Term> terms(List<Trained> runs) {
    return runs.stream().map(one -> term(one.recipe(), 1)).toList();
  }

  private static Recipe.Linear.Term term(Recipe recipe, double weight) {
    return Recipe.Linear.Term.newBuilder().setRecipe(recipe).setWeight(weight).build();
  }

  private static List<Recipe.SparseTerm> sparse(List<Trained> runs, AveragePoint point) {
    return runs.stream()
        .map(
            one ->
                Recipe.SparseTerm.newBuilder()
                    .setRecipe(one.recipe())
                    .setWeight(1)
                    .setDensity(point.at(AverageParameter.DENSITY))
                    .build())
        .toList();
  }
}
