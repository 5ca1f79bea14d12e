package dev.kedge.averaging;

import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.v1.StageSpec;

/** What a test's own process needs of this package. */
public final class Averages {
  private Averages() {}

  /** An executor whose files have no more bytes of tensors. */
  public static StageExecutor executor(long shardBytes) {
    return new AverageExecutor(shardBytes);
  }

  /** The middle between two checkpoints. */
  public static StageSpec half(String base, String tuned) {
    return Recipes.spec(Recipes.wiseFt(base, tuned, 0.5));
  }
}
