package dev.kedge.averaging;

import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageOutput;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.RecipeTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/** The checkpoint that a recipe comes to, as files: those of its parents, with averaged weights. */
record AveragedCheckpoint(Recipe recipe, Parents parents, StageContext context) {
  private static final String KIND = "checkpoint";

  /** What Hugging Face's loaders ask of a safetensors file. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  StageOutput write() throws IOException {
    SortedMap<String, Path> files = new CompanionFiles(parents.folders()).shared();
    TensorSource tensors =
        new WatchedTensors(RecipeTensors.of(recipe.mixture(), parents.weights()), context);
    files.put(
        Checkpoint.MODEL, weights(Checkpoint.MODEL, tensors.only(name -> !parents.inHead(name))));
    TensorSource head = tensors.only(parents::inHead);
    if (!head.specs().isEmpty()) {
      files.put(Checkpoint.HEAD, weights(Checkpoint.HEAD, head));
    }
    files.put(RecipeSource.FILE, recipeFile());
    return new StageOutput.NewFiles(
        KIND, files, Map.of("tensors", (double) tensors.specs().size()));
  }

  private Path weights(String name, TensorSource tensors) throws IOException {
    Path file = context.scratch().resolve(name);
    SafetensorsWriter.write(file, tensors, METADATA);
    return file;
  }

  private Path recipeFile() throws IOException {
    return Files.writeString(context.scratch().resolve(RecipeSource.FILE), recipe.toJson());
  }
}
