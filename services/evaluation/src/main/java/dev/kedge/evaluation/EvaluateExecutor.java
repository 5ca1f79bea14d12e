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
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/**
 * Scores every candidate on every suite and keeps what each said of each picture. What was scored
 * before, in whatever experiment and under whatever name, is not scored again.
 */
@ApplicationScoped
public class EvaluateExecutor implements StageExecutor {
  @Override
  public StageKind kind() {
    return StageKind.EVALUATE;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    return NumericsProfile.ofThisMachine()
        .with("threads", spec.getEvaluate().getThreads())
        .with("micro_batch", Scoring.BATCH)
        .with(TorchProfile.values());
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    EvaluateSpec evaluate = new FoundRecipes(context).in(spec.getEvaluate());
    EvaluationRules.check(evaluate);
    ComputeThreads.use(evaluate.getThreads());
    try {
      return new Evaluation(evaluate, context).run();
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_CHECKPOINT", e.getMessage(), e);
    }
  }
}
