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
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/**
 * Scores every candidate on every suite and keeps what each said of each picture. What was scored
 * before, in whatever experiment and under whatever name, is not scored again.
 */
@ApplicationScoped
public class EvaluateExecutor implements StageExecutor {
  private final Compute compute;

  @Inject
  EvaluateExecutor(Compute compute) {
    this.compute = compute;
  }

  /** On the processor. */
  public EvaluateExecutor() {
    this(Compute.onProcessor());
  }

  @Override
  public StageKind kind() {
    return StageKind.EVALUATE;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    EvaluateSpec evaluate = spec.getEvaluate();
    return compute
        .profile(evaluate.getThreads(), evaluate.getDevice())
        .with("micro_batch", Scoring.BATCH);
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    EvaluateSpec evaluate = new FoundRecipes(context).in(spec.getEvaluate());
    EvaluationRules.check(evaluate);
    compute.begin(evaluate.getThreads(), evaluate.getDevice());
    try {
      return new Evaluation(evaluate, compute.device(evaluate.getDevice()), context).run();
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_CHECKPOINT", e.getMessage(), e);
    }
  }
}
