package dev.kedge.evaluation;

import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageException;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.tensors.Mixture;
import dev.kedge.tensors.Recipe;

/**
 * A model to be scored.
 *
 * @param id its id in the stage
 * @param recipe how it is made, from no more checkpoints than count
 * @param weights what the recipe comes to: candidates for which this is equal are one model
 */
record Candidate(String id, Recipe recipe, Mixture weights) {
  /**
   * A candidate of the stage.
   *
   * @throws StageException blaming the user if its recipe is none
   */
  static Candidate of(EvaluateSpec.Candidate candidate) {
    try {
      Recipe recipe = Recipe.fromJson(RecipeFile.json(candidate.getRecipe())).reduced();
      return new Candidate(candidate.getId(), recipe, recipe.mixture());
    } catch (IllegalArgumentException e) {
      throw StageException.user(
          "BAD_RECIPE", "candidate '%s': %s".formatted(candidate.getId(), e.getMessage()), e);
    }
  }

  /** The same complaint, blaming the user and naming the candidate. */
  StageException unusable(IllegalArgumentException complaint) {
    return StageException.user(
        "UNUSABLE_CHECKPOINT",
        "candidate '%s': %s".formatted(id, complaint.getMessage()),
        complaint);
  }
}
