package dev.kedge.averaging;

import dev.kedge.stage.FoundRecipes;
import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.v1.AverageSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.tensors.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an AVERAGE stage takes its recipe from: its spec, or a SELECT stage's artifact. */
record RecipeSource(StageContext context) {
  /**
   * The recipe to be made.
   *
   * @throws StageException blaming the user if it is none
   */
  Recipe recipe(AverageSpec spec) throws IOException {
    try {
      return Recipe.fromJson(json(spec));
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_RECIPE", "the AVERAGE stage: " + e.getMessage(), e);
    }
  }

  private String json(AverageSpec spec) throws IOException {
    return switch (spec.getWhatCase()) {
      case RECIPE -> RecipeFile.json(new FoundRecipes(context).in(spec.getRecipe()));
      case SELECTION -> selected(spec.getSelection());
      case WHAT_NOT_SET ->
          throw StageException.user(
              "BAD_RECIPE", "the AVERAGE stage has nothing to make: set recipe or selection");
    };
  }

  private String selected(Input selection) throws IOException {
    Path file = context.input(selection).resolve(RecipeFile.NAME);
    if (!Files.exists(file)) {
      throw StageException.user(
          "BAD_SELECTION",
          "the selection %s has no %s: give the artifact of a SELECT stage"
              .formatted(selection.getArtifact(), RecipeFile.NAME));
    }
    return Files.readString(file);
  }
}
