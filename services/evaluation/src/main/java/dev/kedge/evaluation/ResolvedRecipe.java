package dev.kedge.evaluation;

import dev.kedge.stage.RecipeFile;
import dev.kedge.tensors.Recipe;

/** The contract's recipes as the tensors' own. */
final class ResolvedRecipe {
  private ResolvedRecipe() {}

  /**
   * A recipe all of whose checkpoints are artifacts.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Recipe of(dev.kedge.stage.v1.Recipe recipe) {
    return Recipe.fromJson(RecipeFile.json(recipe));
  }
}
