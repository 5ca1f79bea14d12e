package dev.kedge.gateway.experiments;

import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.CheckpointName;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.registry.ModelRegistry;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ModelVersion;
import dev.kedge.v1.PromoteCheckpointRequest;
import dev.kedge.v1.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/** Checkpoints become versions of models, which keep the experiment that they come from. */
@ApplicationScoped
public class Promotions {
  private static final String EXPERIMENT = "experiment";

  private final ModelRegistry models;
  private final ExperimentStore experiments;

  Promotions(ModelRegistry models, ExperimentStore experiments) {
    this.models = models;
    this.experiments = experiments;
  }

  /** Registers a checkpoint, and refuses an experiment that knows nothing of it. */
  public ModelVersion promote(PromoteCheckpointRequest request) {
    if (!request.getExperiment().isEmpty()) {
      requireOrigin(CheckpointName.parse(request.getName()), request.getExperiment());
    }
    return models.promote(request);
  }

  private void requireOrigin(CheckpointName checkpoint, String named) {
    ExperimentName name = ExperimentName.parse(named);
    if (!name.project().equals(checkpoint.project())) {
      throw Refusal.invalid(
          "CHECKPOINT_FOREIGN",
          EXPERIMENT,
          "%s is of another project than %s".formatted(name, checkpoint));
    }
    if (!knows(experiments.get(name), checkpoint.artifact().toString())) {
      throw Refusal.invalid(
          "CHECKPOINT_FOREIGN",
          EXPERIMENT,
          "no stage of %s made %s: name the experiment that did, or none"
              .formatted(name, checkpoint));
    }
  }

  /** What was recommended may also be the model that it all began with. */
  private static boolean knows(Experiment experiment, String artifact) {
    return Stream.concat(
            experiment.getStagesList().stream().map(Stage::getArtifact),
            experiment.getResolvedMap().values().stream())
        .anyMatch(artifact::equals);
  }
}
