package dev.kedge.plan;

import dev.kedge.stage.v1.Contrastive;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.TrainSpec;
import java.util.Collection;
import java.util.List;

/**
 * What stages have to do, counted in what their time and their space go with. How long a sample
 * takes is the model's and the machine's affair.
 *
 * @param trainings checkpoints that are trained
 * @param learntSamples samples that trainings pass through, forwards and backwards, each epoch anew
 * @param testedSamples samples that evaluations pass through, each model anew; those that choose
 *     among the answers of a language model count once
 * @param storedBytes the most that the trained checkpoints take in the store: F32, and no two
 *     alike. 0 for new models
 */
public record Workload(int trainings, long learntSamples, long testedSamples, long storedBytes) {
  /** How much is behind a digest. */
  @FunctionalInterface
  public interface Sizes {
    /** The weights of a model, or the samples of a source; 0 where it is not known. */
    long of(String artifact);
  }

  /**
   * The work of some stages of a plan.
   *
   * @param stages those that will run
   */
  public static Workload of(Plan plan, Collection<PlannedStage> stages, Sizes sizes) {
    return new Counting(plan, sizes).count(stages);
  }

  private record Counting(Plan plan, Sizes sizes) {
    Workload count(Collection<PlannedStage> stages) {
      List<TrainSpec> trainings =
          stages.stream()
              .filter(stage -> stage.spec().hasTrain())
              .map(stage -> stage.spec().getTrain())
              .filter(train -> train.getOptimisation().getEpochs() > 0)
              .toList();
      return new Workload(
          trainings.size(),
          trainings.stream().mapToLong(this::learnt).sum(),
          stages.stream()
              .filter(stage -> stage.spec().hasEvaluate())
              .mapToLong(stage -> tested(stage.spec().getEvaluate()))
              .sum(),
          trainings.stream()
              .mapToLong(train -> sizes.of(train.getBase().getArtifact()) * Float.BYTES)
              .sum());
    }

    private long learnt(TrainSpec train) {
      return train.getOptimisation().getEpochs()
          * parts(train).stream().mapToLong(this::samples).sum();
    }

    private static List<DatasetPart> parts(TrainSpec train) {
      return switch (train.getTaskCase()) {
        case CLASSIFICATION -> List.of(train.getClassification().getTrain());
        case CONTRASTIVE ->
            train.getContrastive().getSourcesList().stream()
                .map(Contrastive.Source::getData)
                .toList();
        case INSTRUCTION -> List.of(train.getInstruction().getTrain());
        case LANGUAGE_MODELLING -> train.getLanguageModelling().getSourcesList();
        case TASK_NOT_SET -> List.of();
      };
    }

    private long tested(EvaluateSpec tests) {
      return tests.getCandidatesCount()
          * tests.getSuitesList().stream().mapToLong(suite -> samples(suite.getData())).sum();
    }

    private long samples(DatasetPart part) {
      long all = sizes.of(source(part.getDataset()).getArtifact());
      long heldBack = Math.round(all * part.getValidationFraction());
      return switch (part.getPart()) {
        case TRAINING -> all - heldBack;
        case VALIDATION -> heldBack;
        default -> all;
      };
    }

    /** Where the samples of a prepared set come from. */
    private Input source(Input prepared) {
      PrepareSpec prepare = plan.stage(prepared.getStage()).spec().getPrepare();
      return prepare.getMergeCount() > 0 ? source(prepare.getMerge(0)) : prepare.getSource();
    }
  }
}
