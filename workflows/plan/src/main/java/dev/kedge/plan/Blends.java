package dev.kedge.plan;

import dev.kedge.stage.v1.Recipe;
import dev.kedge.v1.Average;
import java.util.List;

/** The recipe of every way to average, at one point of its grid. */
final class Blends {
  private Blends() {}

  /** The ends of the line are the models themselves, so that they are evaluated once. */
  static Recipe wiseFt(Average average, AveragePoint point, Recipe base, List<Recipe> tuned) {
    double alpha = point.at(Dial.ALPHAS);
    if (alpha == 0 || alpha == 1) {
      return alpha == 0 ? base : tuned.get(0);
    }
    return Recipe.newBuilder()
        .setWiseFt(Recipe.WiseFt.newBuilder().setBase(base).setTuned(tuned.get(0)).setAlpha(alpha))
        .build();
  }

  static Recipe uniformSoup(Average average, AveragePoint point, Recipe base, List<Recipe> tuned) {
    var sum = Recipe.Linear.newBuilder().addAllTerms(terms(tuned)).setNormalise(true);
    return Recipe.newBuilder().setLinear(sum).build();
  }

  static Recipe lines(Average average, AveragePoint point, Recipe base, List<Recipe> tuned) {
    return Recipe.newBuilder()
        .setLines(
            Recipe.Lines.newBuilder()
                .setBase(base)
                .setTuned(tuned.get(0))
                .setFirst(point.at(Dial.FIRST))
                .setLast(point.at(Dial.LAST)))
        .build();
  }

  static Recipe blockwise(Average average, AveragePoint point, Recipe base, List<Recipe> tuned) {
    Average.Blockwise given = average.getBlockwise();
    double first = given.getRatios(0);
    double last = given.getRatios(given.getRatiosCount() - 1);
    return Recipe.newBuilder()
        .setBlockwise(
            Recipe.Blockwise.newBuilder()
                .setBase(base)
                .setTuned(tuned.get(0))
                .addAllRatios(given.getRatiosList())
                .setEmbeddings(given.hasEmbeddings() ? given.getEmbeddings() : first)
                .setNorm(given.hasNorm() ? given.getNorm() : last)
                .setHead(given.hasHead() ? given.getHead() : last)
                .setRatioOf(Recipe.Blockwise.Side.TUNED))
        .build();
  }

  static Recipe slerp(Average average, AveragePoint point, Recipe base, List<Recipe> tuned) {
    return Recipe.newBuilder()
        .setSlerp(Recipe.Slerp.newBuilder().setA(base).setB(tuned.get(0)).setT(point.at(Dial.T)))
        .build();
  }

  static Recipe taskArithmetic(
      Average average, AveragePoint point, Recipe base, List<Recipe> tuned) {
    return Recipe.newBuilder()
        .setTaskArithmetic(
            Recipe.TaskArithmetic.newBuilder()
                .setBase(base)
                .addAllTerms(terms(tuned))
                .setNormalise(true)
                .setLambda(point.at(Dial.LAMBDA)))
        .build();
  }

  static Recipe ties(Average average, AveragePoint point, Recipe base, List<Recipe> tuned) {
    boolean global = average.getTies().getTrim() == Average.Ties.Trim.GLOBAL;
    return Recipe.newBuilder()
        .setTies(
            Recipe.Ties.newBuilder()
                .setBase(base)
                .addAllTerms(sparse(tuned, point))
                .setTrim(global ? Recipe.Ties.Trim.GLOBAL : Recipe.Ties.Trim.PER_TENSOR)
                .setNormalise(true)
                .setLambda(point.at(Dial.LAMBDA)))
        .build();
  }

  static Recipe dare(Average average, AveragePoint point, Recipe base, List<Recipe> tuned) {
    return Recipe.newBuilder()
        .setDare(
            Recipe.Dare.newBuilder()
                .setBase(base)
                .addAllTerms(sparse(tuned, point))
                .setSeed(average.getDare().getSeed())
                .setRescale(Recipe.Dare.Rescale.DENSITY)
                .setElect(average.getDare().getElect())
                .setNormalise(true)
                .setLambda(point.at(Dial.LAMBDA)))
        .build();
  }

  static Recipe modelStock(Average average, AveragePoint point, Recipe base, List<Recipe> tuned) {
    return Recipe.newBuilder()
        .setModelStock(Recipe.ModelStock.newBuilder().setBase(base).addAllModels(tuned))
        .build();
  }

  private static List<Recipe.Linear.Term> terms(List<Recipe> tuned) {
    return tuned.stream()
        .map(one -> Recipe.Linear.Term.newBuilder().setRecipe(one).setWeight(1).build())
        .toList();
  }

  private static List<Recipe.SparseTerm> sparse(List<Recipe> tuned, AveragePoint point) {
    return tuned.stream()
        .map(
            one ->
                Recipe.SparseTerm.newBuilder()
                    .setRecipe(one)
                    .setWeight(1)
                    .setDensity(point.at(Dial.DENSITY))
                    .build())
        .toList();
  }
}
