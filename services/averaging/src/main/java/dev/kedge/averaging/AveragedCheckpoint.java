package dev.kedge.averaging;

import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageOutput;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.CheckpointLayout;
import dev.kedge.tensors.Materialisation;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The checkpoint that a recipe comes to, as files: those of its parents, with averaged weights.
 *
 * @param recipe as it was given
 * @param companions what lies beside the weights
 * @param work the weights
 */
record AveragedCheckpoint(
    Recipe recipe,
    Parents parents,
    SortedMap<String, Path> companions,
    Materialisation work,
    StageContext context) {
  private static final String KIND = "checkpoint";

  /** Checks everything that can be checked without reading weights. */
  static AveragedCheckpoint of(Recipe recipe, Parents parents, StageContext context)
      throws IOException {
    SortedMap<String, Path> companions = new CompanionFiles(parents.folders()).shared();
    Materialisation work = Materialisation.of(List.of(recipe.reduced()), parents.sources(), null);
    return new AveragedCheckpoint(recipe, parents, companions, work, context);
  }

  /** Makes the files, each of weights no larger than allowed. */
  StageOutput write(long shardBytes) throws IOException {
    CheckpointLayout layout =
        CheckpointLayout.of(work.specs().values(), parents::inHead, shardBytes);
    WeightFiles weights = new WeightFiles(recipe.mixture(), work, layout, context);
    Room.require(context.scratch(), weights.missingBytes());
    for (Map.Entry<String, List<TensorSpec>> file : layout.files().entrySet()) {
      companions.put(file.getKey(), weights.file(file.getKey()));
    }
    if (layout.isSharded()) {
      companions.put(Checkpoint.INDEX, layout.writeIndex(context.scratch()));
    }
    companions.put(RecipeFile.NAME, recipeFile());
    return new StageOutput.NewFiles(
        KIND, companions, Map.of("tensors", (double) work.specs().size()));
  }

  private Path recipeFile() throws IOException {
    return Files.writeString(context.scratch().resolve(RecipeFile.NAME), recipe.toJson());
  }
}
