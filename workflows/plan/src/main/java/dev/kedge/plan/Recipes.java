package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;
import java.util.List;

/** Models as combinations of checkpoints. */
final class Recipes {
  private Recipes() {}

  static Recipe checkpoint(Input checkpoint) {
    return Recipe.newBuilder().setCheckpoint(checkpoint).build();
  }

  /** The ends of the line are the models themselves, so that they are evaluated once. */
  static Recipe wiseFt(Recipe base, Recipe tuned, double alpha) {
    if (alpha == 0) {
      return base;
    }
    if (alpha == 1) {
      return tuned;
    }
    return Recipe.newBuilder()
        .setWiseFt(Recipe.WiseFt.newBuilder().setBase(base).setTuned(tuned).setAlpha(alpha))
        .build();
  }

  static Recipe uniformSoup(List<Recipe> checkpoints) {
    var sum = Recipe.Linear.newBuilder().setNormalise(true);
    checkpoints.forEach(one -> sum.addTermsBuilder().setRecipe(one).setWeight(1));
    return Recipe.newBuilder().setLinear(sum).build();
  }
}
