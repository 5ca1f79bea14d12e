package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;

/**
 * A training run with its place in the plan.
 *
 * @param checkpoint what it makes
 */
record Trained(Run run, Input checkpoint) {
  Recipe recipe() {
    return Recipes.checkpoint(checkpoint);
  }
}
