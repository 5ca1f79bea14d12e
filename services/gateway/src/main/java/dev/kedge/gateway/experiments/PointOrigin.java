package dev.kedge.gateway.experiments;

import dev.kedge.stage.v1.Recipe;
import dev.kedge.v1.Stage;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * How a point of a report came to be.
 *
 * @param candidates the models that it is a mean over
 * @param stages what they were made by, in the plan's order: the stages that their recipes name,
 *     and all that these needed
 * @param inputs names of the file that went into them, and the versions that they stand for, as far
 *     as these are registered
 */
public record PointOrigin(
    List<Candidate> candidates, List<Stage> stages, SortedMap<String, String> inputs) {

  /**
   * One model.
   *
   * @param id what the evaluation calls it
   * @param seed of its run; empty for the base and for what is made of several runs
   * @param recipe what it is made of, checkpoints by the ids of their stages
   * @param evaluation id of the stage that measured it
   */
  public record Candidate(String id, OptionalLong seed, Recipe recipe, String evaluation) {}
}
