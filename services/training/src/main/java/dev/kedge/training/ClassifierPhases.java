package dev.kedge.training;

import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batches;
import dev.kedge.models.train.FrozenFeatures;
import dev.kedge.models.train.HeadClassification;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.LinearProbe;
import dev.kedge.models.train.PictureBatches;
import dev.kedge.models.train.Protection;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.stage.StageContext;
import java.util.List;
import java.util.Map;

/**
 * Makes a classifier's methods into phases.
 *
 * @param task the model under its task
 * @param pictures the training data
 * @param microBatch most samples computed at once
 */
record ClassifierPhases(
    ImageClassification task,
    LabelledPictures pictures,
    OptimisationRules rules,
    StageContext context,
    int microBatch) {
  /**
   * A phase for each method, in order.
   *
   * @param trainable names of all that may train
   */
  List<Phase> of(Map<String, List<Protection>> methods, List<String> trainable) {
    return methods.entrySet().stream()
        .map(method -> phase(method.getKey(), method.getValue(), trainable))
        .toList();
  }

  private Phase phase(String name, List<Protection> protections, List<String> trainable) {
    List<String> names = Protection.moved(protections, trainable);
    return new Phase(
        name,
        rules.steps(),
        rules.spec().getBatchSize(),
        current -> new TrainingLoop<>(run(protections, current), current, current.only(names)));
  }

  private TrainingRun<LabelledBatch> run(List<Protection> protections, Weights current) {
    return protections.stream().anyMatch(LinearProbe.class::isInstance)
        ? run(protections, new HeadClassification(task.form()), features(current))
        : run(protections, task, augmented());
  }

  private TrainingRun<LabelledBatch> run(
      List<Protection> protections,
      Learner<LabelledBatch> learner,
      Batches<LabelledBatch> batches) {
    return new TrainingRun<>(learner, batches, protections, rules.descent());
  }

  private Batches<LabelledBatch> augmented() {
    return new PictureBatches(pictures, rules.epochs(), rules.augmentation(), microBatch);
  }

  private Batches<LabelledBatch> features(Weights frozen) {
    return new FrozenFeatures(task.clip(), frozen, pictures, rules.epochs(), this::reportFeatures);
  }

  private void reportFeatures(int done) {
    context.checkStopping();
    context.progress(done, pictures.size(), "images", Map.of());
  }
}
