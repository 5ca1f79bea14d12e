package dev.kedge.evaluation;

import dev.kedge.data.DataException;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.TorchProfile;
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
import java.io.IOException;

/** Searches for the checkpoints whose mean does best. No weights are written. */
@ApplicationScoped
public class SoupExecutor implements StageExecutor {
  @Override
  public StageKind kind() {
    return StageKind.SOUP;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    return NumericsProfile.ofThisMachine()
        .with("threads", spec.getSoup().getThreads())
        .with("micro_batch", Scoring.BATCH)
        .with(TorchProfile.values());
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
    ComputeThreads.use(soup.getThreads());
    try (Sources sources = new Sources(context)) {
      Contest contest = new Contest(soup.getSuitesList(), soup.getThreads(), context, sources);
      return new GreedySoup(contest, context).of(soup.getCandidatesList()).write(context.scratch());
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_CHECKPOINT", e.getMessage(), e);
    }
  }
}
