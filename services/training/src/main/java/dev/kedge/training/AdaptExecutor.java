package dev.kedge.training;

import dev.kedge.compute.Compute;
import dev.kedge.data.DataException;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.train.DivergedException;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageSettings;
import dev.kedge.stage.v1.AdaptSpec;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/** Learns in which ratio a base and a fine-tuned model are best mixed. No weights are written. */
@ApplicationScoped
public class AdaptExecutor implements StageExecutor {
  private final TrainingSettings settings;
  private final Compute compute;
  private final MemoryLimits limits;
  private final int slots;

  @Inject
  AdaptExecutor(TrainingSettings settings, Compute compute, StageSettings stages) {
    this(settings, compute, MemoryLimits.of(settings, stages.slots()), stages.slots());
  }

  /** Alone on the processor. */
  AdaptExecutor(TrainingSettings settings, MemoryLimits limits) {
    this(settings, Compute.onProcessor(), limits, 1);
  }

  private AdaptExecutor(
      TrainingSettings settings, Compute compute, MemoryLimits limits, int slots) {
    this.settings = settings;
    this.compute = compute;
    this.limits = limits;
    this.slots = slots;
  }

  @Override
  public StageKind kind() {
    return StageKind.ADAPT;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    Optimisation optimisation = spec.getAdapt().getOptimisation();
    return compute.profile(optimisation.getThreads(), optimisation.getDevice());
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    try (Scope scope = Scope.plain();
        TrainingPlan plan = plan(spec.getAdapt(), context, scope)) {
      return RatioSearch.of(spec.getAdapt(), plan, context, scope).run().write(context.scratch());
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_SEARCH", e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_CHECKPOINT", e.getMessage(), e);
    } catch (DivergedException e) {
      throw StageException.user("DIVERGED", e.getMessage(), e);
    }
  }

  /** The task as full fine-tuning of the base would see it, on the validation data. */
  private TrainingPlan plan(AdaptSpec spec, StageContext context, Scope scope) throws IOException {
    Optimisation optimisation = spec.getOptimisation();
    compute.begin(optimisation.getThreads(), optimisation.getDevice());
    MemoryLimits there = limits.on(compute.cardMemory(optimisation.getDevice(), slots));
    TrainSpec.Builder run =
        TrainSpec.newBuilder()
            .setBase(spec.getBase())
            .setOptimisation(optimisation)
            .setMethod(MethodSpec.newBuilder().setFull(MethodSpec.Full.getDefaultInstance()));
    switch (spec.getTaskCase()) {
      case CLASSIFICATION -> run.setClassification(spec.getClassification());
      case INSTRUCTION -> run.setInstruction(spec.getInstruction());
      case TASK_NOT_SET -> throw new IllegalArgumentException("the ADAPT stage has no task");
    }
    MicroBatch microBatch = MicroBatch.ofSearch(run.build(), context, there, settings.microBatch());
    return TrainingPlan.of(run.build(), context, scope, microBatch);
  }
}
