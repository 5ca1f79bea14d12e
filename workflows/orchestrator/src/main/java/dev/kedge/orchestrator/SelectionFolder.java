package dev.kedge.orchestrator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.report.Choice;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.Study;
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
  private static final String RECIPE = "recipe.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final JsonFormat.Printer PROTO =
      JsonFormat.printer().preservingProtoFieldNames().alwaysPrintFieldsWithNoPresence();

  /** Writes the choice among a study's points. */
  StageOutput write(Choice choice, Study study) throws IOException {
    Path selection = path.resolve(CHOICE);
    Path recipe = path.resolve(RECIPE);
    Files.writeString(selection, JSON.writeValueAsString(choice) + "\n");
    Files.writeString(recipe, PROTO.print(recipe(choice, study)) + "\n");
    return new StageOutput.NewFiles(
        KIND, new TreeMap<>(Map.of(CHOICE, selection, RECIPE, recipe)), Map.of());
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

  private static Recipe recipe(Choice choice, Study study) {
    return study.getPointsList().stream()
        .filter(point -> point.getCandidate().equals(choice.candidate()))
        .map(Study.Point::getRecipe)
        .findFirst()
        .orElseThrow();
  }
}
