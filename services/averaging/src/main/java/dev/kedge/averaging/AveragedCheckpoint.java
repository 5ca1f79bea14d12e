package dev.kedge.averaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageOutput;
import dev.kedge.store.Blob;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.CheckpointLayout;
import dev.kedge.tensors.Materialisation;
import dev.kedge.tensors.Recipe;
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
    SortedMap<String, Blob> companions,
    Materialisation work,
    StageContext context) {
  private static final String KIND = "checkpoint";

  /** Checks everything that can be checked without reading weights. */
  static AveragedCheckpoint of(Recipe recipe, Parents parents, StageContext context)
      throws IOException {
    SortedMap<String, Blob> companions = new CompanionFiles(parents.files()).shared();
    Materialisation work = Materialisation.of(List.of(recipe.reduced()), parents.sources(), null);
    return new AveragedCheckpoint(recipe, parents, companions, work, context);
  }

  /** Makes the files, each of weights no larger than allowed. */
  StageOutput write(long shardBytes) throws IOException {
    CheckpointLayout layout =
        CheckpointLayout.of(work.specs().values(), parents::inHead, shardBytes);
    if (layout.isSharded()) {
      parents.requireSound(); // a file that is saved is used again, whatever is found later
    }
    WeightFiles weights = new WeightFiles(recipe.mixture(), work, layout, context);
    for (String name : layout.files().keySet()) {
      companions.put(name, weights.file(name));
    }
    parents.requireSound();
    if (layout.isSharded()) {
      Path index = layout.writeIndex(context.scratch());
      companions.put(Checkpoint.INDEX, stored(Files.readAllBytes(index)));
    }
    companions.put(RecipeFile.NAME, stored(recipe.toJson().getBytes(UTF_8)));
    return new StageOutput.Stored(
        KIND, companions, Map.of("tensors", (double) work.specs().size()));
  }

  private Blob stored(byte[] bytes) {
    return context.stored().write(bytes.length, out -> out.write(bytes));
  }
}
