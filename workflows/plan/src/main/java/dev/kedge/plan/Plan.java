package dev.kedge.plan;

import dev.kedge.stage.v1.StageSpec;
import java.util.List;
import java.util.Set;

/**
 * The stages of an experiment.
 *
 * @param stages every stage comes after those that it needs
 */
public record Plan(List<PlannedStage> stages) {
  /** A workflow's history and an experiment's record stay small enough up to here. */
  public static final int MOST_STAGES = 2000;

  /**
   * SELECT's and REPORT's specs list every point, in half a kilobyte or less; Temporal takes 2 MB.
   */
  public static final int MOST_POINTS = 3000;

  public Plan {
    stages = List.copyOf(stages);
    if (stages.size() > MOST_STAGES) {
      throw new IllegalArgumentException(
          "the plan has %d stages; at most %d fit in one experiment"
              .formatted(stages.size(), MOST_STAGES));
    }
  }

  /** The same as it was before plans compared data: workflows of then are under way. */
  public Plan withoutOverlap() {
    Set<String> overlap = Set.of(OverlapStage.ID);
    return new Plan(
        stages.stream()
            .filter(stage -> !overlap.contains(stage.id()))
            .map(stage -> without(overlap, stage))
            .toList());
  }

  private static PlannedStage without(Set<String> overlap, PlannedStage stage) {
    StageSpec spec =
        stage.spec().hasReport() ? Pruning.without(overlap, stage.spec()) : stage.spec();
    return new PlannedStage(stage.id(), spec, Set.of());
  }

  /** The stage with this id; refuses an unknown one. */
  public PlannedStage stage(String id) {
    return stages.stream()
        .filter(stage -> stage.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no stage `" + id + "`"));
  }
}
