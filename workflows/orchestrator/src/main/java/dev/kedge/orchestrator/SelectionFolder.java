package dev.kedge.orchestrator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.kedge.report.Choice;
import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A SELECT stage's artifact: {@code selection.json}, the choice and what must be known of it, and
 * {@code recipe.json}, from which AVERAGE makes the recommended checkpoint.
 */
record SelectionFolder(Path path) {
  private static final String KIND = "selection";
  private static final String CHOICE = "selection.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Writes the choice.
   *
   * @param recipe of the chosen point
   */
  StageOutput write(Choice choice, Recipe recipe) throws IOException {
    Path selection = path.resolve(CHOICE);
    Files.writeString(selection, JSON.writeValueAsString(choice) + "\n");
    return new StageOutput.NewFiles(
        KIND,
        new TreeMap<>(Map.of(CHOICE, selection, RecipeFile.NAME, RecipeFile.write(path, recipe))),
        Map.of());
  }

  /**
   * Reads the choice.
   *
   * @throws StageException blaming the user if this is no selection
   */
  Choice read() throws IOException {
    Path file = path.resolve(CHOICE);
    if (!Files.exists(file)) {
      throw StageException.user(
          "BAD_SELECTION",
          "the selection has no %s: give the artifact of a SELECT stage".formatted(CHOICE));
    }
    return JSON.readValue(file.toFile(), Choice.class);
  }
}
