package dev.kedge.averaging;

import dev.kedge.stage.v1.AverageSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.StageSpec;

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

  static Recipe stored(String digest) {
    return Recipe.newBuilder().setCheckpoint(input(digest)).build();
  }

  static Input input(String digest) {
    return Input.newBuilder().setArtifact(digest).build();
  }

  static StageSpec spec(Recipe recipe) {
    return StageSpec.newBuilder().setAverage(AverageSpec.newBuilder().setRecipe(recipe)).build();
  }
}
