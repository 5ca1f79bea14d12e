package dev.kedge.evaluation;

import dev.kedge.compute.Compute;
import dev.kedge.data.DataException;
import dev.kedge.stage.FoundRecipes;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.SoupSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/** Searches for the checkpoints whose mean does best. No weights are written. */
@ApplicationScoped
public class SoupExecutor implements StageExecutor {
  private final Compute compute;

  @Inject
  SoupExecutor(Compute compute) {
    this.compute = compute;
  }

  /** On the processor. */
  SoupExecutor() {
    this(Compute.onProcessor());
  }

  @Override
  public StageKind kind() {
    return StageKind.SOUP;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    SoupSpec soup = spec.getSoup();
    return compute.profile(soup.getThreads(), soup.getDevice()).with("micro_batch", Scoring.BATCH);
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    SoupSpec soup = new FoundRecipes(context).in(spec.getSoup());
    EvaluationRules.check(
        EvaluateSpec.newBuilder()
            .addAllCandidates(soup.getCandidatesList())
            .addAllSuites(soup.getSuitesList())
            .setThreads(soup.getThreads())
            .build());
    compute.begin(soup.getThreads(), soup.getDevice());
    try (Sources sources = new Sources(context)) {
      ModelScoring scoring =
          new ModelScoring(
              soup.getSuitesList(),
              soup.getThreads(),
              compute.device(soup.getDevice()),
              context,
              sources);
      return new GreedySoup(scoring, context).of(soup.getCandidatesList()).write(context.scratch());
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_CHECKPOINT", e.getMessage(), e);
    }
  }
}
