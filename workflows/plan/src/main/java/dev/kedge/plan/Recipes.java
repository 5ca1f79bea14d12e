package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;

/** Models as recipes. */
final class Recipes {
  private Recipes() {}

  static Recipe checkpoint(Input checkpoint) {
    return Recipe.newBuilder().setCheckpoint(checkpoint).build();
  }

  /** What a search finds. */
  static Recipe found(Input search) {
    return Recipe.newBuilder().setFound(search).build();
  }
}
