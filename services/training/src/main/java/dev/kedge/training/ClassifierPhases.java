package dev.kedge.training;

import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batches;
import dev.kedge.models.train.FrozenFeatures;
import dev.kedge.models.train.HeadClassification;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.LinearProbe;
import dev.kedge.models.train.Method;
import dev.kedge.models.train.Objective;
import dev.kedge.models.train.PictureBatches;
import dev.kedge.models.train.Teacher;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.stage.StageContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a classifier's methods into phases.
 *
 * @param task what is learnt, without a method's own part
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
  List<Phase> of(Map<String, Method> methods, List<String> trainable) {
    return methods.entrySet().stream()
        .map(method -> phase(method.getKey(), method.getValue(), trainable))
        .toList();
  }

  private Phase phase(String name, Method method, List<String> trainable) {
    List<String> names = trainable.stream().filter(method::trains).toList();
    return new Phase(
        name,
        rules.steps(),
        rules.spec().getBatchSize(),
        current -> new TrainingLoop<>(run(method, current), current, current.only(names)));
  }

  private TrainingRun<LabelledBatch> run(Method method, Weights current) {
    return method instanceof LinearProbe
        ? run(method, new HeadClassification(task.form()), features(current))
        : run(method, withTeacher(method, current), augmented());
  }

  private TrainingRun<LabelledBatch> run(
      Method method, Objective<LabelledBatch> objective, Batches<LabelledBatch> batches) {
    return new TrainingRun<>(
        objective,
        batches,
        method::penalty,
        rules.schedule(),
        rules.spec().getWeightDecay(),
        rules.spec().getClipNorm());
  }

  private ImageClassification withTeacher(Method method, Weights anchor) {
    Optional<Teacher> teacher = method.distillation().map(each -> new Teacher(anchor, each));
    return new ImageClassification(task.clip(), task.form(), teacher);
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
