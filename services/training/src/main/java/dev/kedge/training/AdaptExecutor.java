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
  private final RunMachine machine;

  @Inject
  AdaptExecutor(TrainingSettings settings, Compute compute, StageSettings stages) {
    this(settings, RunMachine.of(settings, compute, stages));
  }

  AdaptExecutor(TrainingSettings settings, RunMachine machine) {
    this.settings = settings;
    this.machine = machine;
  }

  @Override
  public StageKind kind() {
    return StageKind.ADAPT;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    return machine.profile(spec.getAdapt().getOptimisation());
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    try (Scope scope = Scope.plain();
        Scope planning = Scope.plain();
        TrainingPlan plan = refusing(() -> plan(spec.getAdapt(), context, planning))) {
      RatioSearch<?> search =
          refusing(() -> RatioSearch.of(spec.getAdapt(), plan, planning, context, scope));
      return search.run().write(context.scratch());
    } catch (DivergedException e) {
      throw StageException.user("DIVERGED", e.getMessage(), e);
    }
  }

  private interface Preparation<T> {
    T prepare() throws IOException;
  }

  /** What is wrong with the models and the data is the user's; what happens later is not. */
  private static <T> T refusing(Preparation<T> preparation) throws IOException {
    try {
      return preparation.prepare();
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_SEARCH", e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_CHECKPOINT", e.getMessage(), e);
    }
  }

  /** The task as full fine-tuning of the base would see it, on the validation data. */
  private TrainingPlan plan(AdaptSpec spec, StageContext context, Scope scope) throws IOException {
    MemoryLimits there = machine.begin(spec.getOptimisation());
    TrainSpec.Builder run =
        TrainSpec.newBuilder()
            .setBase(spec.getBase())
            .setOptimisation(spec.getOptimisation())
            .setMethod(MethodSpec.newBuilder().setFull(MethodSpec.Full.getDefaultInstance()));
    switch (spec.getTaskCase()) {
      case CLASSIFICATION -> run.setClassification(spec.getClassification());
      case INSTRUCTION -> run.setInstruction(spec.getInstruction());
      case TASK_NOT_SET -> throw new IllegalArgumentException("the ADAPT stage has no task");
    }
    MicroBatch microBatch =
        new MicroBatch(run.build(), context, there, settings.microBatch())
            .mixing(new MixedTensors(spec).names());
    return TrainingPlan.of(run.build(), context, scope, microBatch);
  }
}
