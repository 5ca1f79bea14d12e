package dev.kedge.plan;

import java.util.List;

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

  /** The stage with this id; refuses an unknown one. */
  public PlannedStage stage(String id) {
    return stages.stream()
        .filter(stage -> stage.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no stage `" + id + "`"));
  }
}
