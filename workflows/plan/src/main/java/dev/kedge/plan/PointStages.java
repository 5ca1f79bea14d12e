package dev.kedge.plan;

import dev.kedge.stage.v1.AdaptSpec;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.SoupSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.Average;
import java.util.List;

/**
 * The stages that a point needs beside the runs.
 *
 * @param id the point's
 * @param means the averages by Fisher information
 */
record PointStages(String id, Searches searches, FisherMeans means) {
  /** The mean of those runs that do best together. */
  Recipe greedySoup(List<Trained> runs) {
    SoupSpec.Builder soup =
        SoupSpec.newBuilder()
            .addAllSuites(searches.speciality())
            .setThreads(searches.tests().getThreads())
            .setDevice(searches.tests().getDevice());
    for (Trained run : runs) {
      soup.addCandidatesBuilder().setId(run.checkpoint().getStage()).setRecipe(run.recipe());
    }
    return found("soup-", StageSpec.newBuilder().setSoup(soup));
  }

  /** A ratio for each block of layers, whose mean is ρ, or less where one would be above 1. */
  Recipe adaptive(Average average, double rho, Recipe base, Trained run) {
    AdaptSpec.Builder adapt =
        searches
            .learning(average.getAdaptive())
            .setBase(base.getCheckpoint())
            .setTuned(run.checkpoint())
            .setRho(rho)
            .addAllInclude(average.getIncludeList())
            .addAllExclude(average.getExcludeList());
    if (PartialAverage.isIn(average)) {
      adapt.setOtherwise(
          average.getOtherwise() == Average.Side.BASE
              ? Recipe.Blockwise.Side.BASE
              : Recipe.Blockwise.Side.TUNED);
    }
    return found("adapt-", StageSpec.newBuilder().setAdapt(adapt));
  }

  private Recipe found(String kind, StageSpec.Builder search) {
    return Recipes.found(searches.stages().add(kind + id, search.build()));
  }
}
