package dev.kedge.averaging;

import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/**
 * Makes a recipe into a checkpoint: all weights, the head included. A recipe that comes to one
 * checkpoint unchanged is that checkpoint, and nothing is copied.
 */
@ApplicationScoped
public class AverageExecutor implements StageExecutor {
  /** What the tensors of one file may take, and so the most that is computed again after an end. */
  private static final long SHARD_BYTES = 1L << 30;

  private final long shardBytes;

  /** Makes checkpoints as they are stored. */
  public AverageExecutor() {
    this(SHARD_BYTES);
  }

  AverageExecutor(long shardBytes) {
    this.shardBytes = shardBytes;
  }

  @Override
  public StageKind kind() {
    return StageKind.AVERAGE;
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    Recipe recipe = new RecipeSource(context).recipe(spec.getAverage());
    if (recipe.mixture().isCopy()) {
      return StageOutput.existing(recipe.mixture().weights().firstKey());
    }
    try (Parents parents = Parents.open(recipe.reduced(), context.stored())) {
      return AveragedCheckpoint.of(recipe, parents, context).write(shardBytes);
    } catch (UnusableTensorsException | IllegalArgumentException e) {
      throw StageException.user("CHECKPOINTS_DO_NOT_FIT", e.getMessage(), e);
    }
  }
}
