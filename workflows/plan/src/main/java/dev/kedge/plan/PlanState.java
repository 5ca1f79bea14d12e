package dev.kedge.plan;

import dev.kedge.stage.v1.StageSpec;
import java.util.Map;
import java.util.Set;

/**
 * Where a plan stands, and so what can run next.
 *
 * @param finished stages that succeeded, by id
 * @param skipped ids of stages that were given up
 * @param changed by a stage's id, the parameters that people changed, as {@link SpecChanges} takes
 *     them
 */
public record PlanState(
    Map<String, Finished> finished, Set<String> skipped, Map<String, Map<String, String>> changed) {
  public PlanState {
    finished = Map.copyOf(finished);
    skipped = Set.copyOf(skipped);
    changed = Map.copyOf(changed);
  }

  /** Whether the stage will never run, because too much of what it needs was skipped. */
  public boolean isLost(PlannedStage stage) {
    return stage.toleratesSkipped()
        ? areOver(stage.needs()) && !Pruning.leavesEnough(stage.spec(), skipped)
        : stage.needs().stream().anyMatch(skipped::contains);
  }

  /** Whether the stage has all that it can get, and what it comes after is over. */
  public boolean isReady(PlannedStage stage) {
    return areOver(stage.needs()) && areOver(stage.after()) && !isLost(stage);
  }

  private boolean areOver(Set<String> stages) {
    return stages.stream().allMatch(id -> finished.containsKey(id) || skipped.contains(id));
  }

  /** The spec of a ready stage as a service accepts it: without skipped parts, all by digest. */
  public StageSpec resolve(PlannedStage stage) {
    StageSpec spec =
        stage.toleratesSkipped()
            ? new Relabelling(changed).of(Pruning.without(skipped, stage.spec()))
            : stage.spec();
    return References.resolve(spec, finished);
  }
}
