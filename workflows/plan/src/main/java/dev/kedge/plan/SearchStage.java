package dev.kedge.plan;

import dev.kedge.stage.v1.AdaptSpec;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.SoupSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.Average;
import java.util.List;

/**
 * A recipe that no formula gives: it is found by a stage.
 *
 * @param id of the point that needs it
 */
record SearchStage(String id, Searches searches) {
  /** The mean of those runs that do best together. */
  Recipe greedySoup(List<Recipe> tuned) {
    SoupSpec.Builder soup =
        SoupSpec.newBuilder()
            .addAllSuites(searches.speciality())
            .setThreads(searches.tests().getThreads())
            .setDevice(searches.tests().getDevice());
    for (Recipe run : tuned) {
      soup.addCandidatesBuilder().setId(run.getCheckpoint().getStage()).setRecipe(run);
    }
    return found("soup-", StageSpec.newBuilder().setSoup(soup));
  }

  /** A ratio for each block of layers, whose mean is ρ, or less where one would be above 1. */
  Recipe adaptive(Average.Adaptive given, double rho, Recipe base, Recipe tuned) {
    AdaptSpec.Builder adapt =
        searches
            .learning(given)
            .setBase(base.getCheckpoint())
            .setTuned(tuned.getCheckpoint())
            .setRho(rho);
    return found("adapt-", StageSpec.newBuilder().setAdapt(adapt));
  }

  private Recipe found(String kind, StageSpec.Builder search) {
    return Recipes.found(searches.stages().add(kind + id, search.build()));
  }
}
