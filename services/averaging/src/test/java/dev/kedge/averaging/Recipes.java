package dev.kedge.averaging;

import dev.kedge.stage.v1.AverageSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.StageSpec;
import java.util.Map;

/** Recipes and specs as an experiment's plan states them. */
final class Recipes {
  private Recipes() {}

  static Recipe wiseFt(String base, String tuned, double alpha) {
    return Recipe.newBuilder()
        .setWiseFt(
            Recipe.WiseFt.newBuilder()
                .setBase(stored(base))
                .setTuned(stored(tuned))
                .setAlpha(alpha))
        .build();
  }

  static Recipe uniformSoup(String... digests) {
    Recipe.Linear.Builder linear = Recipe.Linear.newBuilder().setNormalise(true);
    for (String digest : digests) {
      linear.addTerms(Recipe.Linear.Term.newBuilder().setRecipe(stored(digest)).setWeight(1));
    }
    return Recipe.newBuilder().setLinear(linear).build();
  }

  /** All alike, each with its information: diagonals by checkpoint. */
  static Recipe fisherMean(Map<String, String> diagonals) {
    Recipe.FisherMean.Builder mean =
        Recipe.FisherMean.newBuilder()
            .setFloor(1e-6)
            .setNormalise(Recipe.FisherMean.Normalise.NONE);
    diagonals.forEach(
        (checkpoint, fisher) ->
            mean.addTermsBuilder()
                .setRecipe(stored(checkpoint))
                .setFisher(input(fisher))
                .setWeight(1));
    return Recipe.newBuilder().setFisher(mean).build();
  }

  static Recipe stored(String digest) {
    return Recipe.newBuilder().setCheckpoint(input(digest)).build();
  }

  static Input input(String digest) {
    return Input.newBuilder().setArtifact(digest).build();
  }

  /** The making of the middle between two checkpoints. */
  static StageSpec half(String base, String tuned) {
    return spec(wiseFt(base, tuned, 0.5));
  }

  static StageSpec spec(Recipe recipe) {
    return StageSpec.newBuilder().setAverage(AverageSpec.newBuilder().setRecipe(recipe)).build();
  }
}
