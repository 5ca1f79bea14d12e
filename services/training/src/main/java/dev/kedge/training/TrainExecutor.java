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
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a checkpoint: a Hugging Face folder, its head, and the trace of its training. */
@ApplicationScoped
public class TrainExecutor implements StageExecutor {
  private final TrainingSettings settings;
  private final RunMachine machine;

  @Inject
  TrainExecutor(TrainingSettings settings, Compute compute, StageSettings stages) {
    this(settings, RunMachine.of(settings, compute, stages));
  }

  TrainExecutor(TrainingSettings settings, RunMachine machine) {
    this.settings = settings;
    this.machine = machine;
  }

  @Override
  public StageKind kind() {
    return StageKind.TRAIN;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    return machine.profile(spec.getTrain().getOptimisation());
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    try (Scope scope = Scope.plain();
        TrainingPlan plan = context.step("prepare", () -> plan(spec.getTrain(), context, scope))) {
      Trace trace = new Trace();
      TrainedModel trained = run(plan, context, scope, trace);
      Path folder = context.scratch().resolve("checkpoint");
      context.step(
          "write",
          () -> {
            new CheckpointFolder(folder).write(plan, trained, trace);
            return folder;
          });
      return StageOutput.folder("checkpoint", folder, trace.result());
    }
  }

  private TrainingPlan plan(TrainSpec spec, StageContext context, Scope scope) throws IOException {
    try {
      MemoryLimits there = machine.begin(spec.getOptimisation());
      MicroBatch microBatch = new MicroBatch(spec, context, there, settings.microBatch());
      return TrainingPlan.of(spec, context, scope, microBatch);
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_TRAINING", e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_BASE", e.getMessage(), e);
    }
  }

  private TrainedModel run(TrainingPlan plan, StageContext context, Scope scope, Trace trace)
      throws IOException {
    try {
      return new PhaseRunner(context, scope, settings.saveInterval(), trace).run(plan);
    } catch (DivergedException e) {
      throw StageException.user("DIVERGED", e.getMessage(), e);
    }
  }
}
