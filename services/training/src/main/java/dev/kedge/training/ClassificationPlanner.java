package dev.kedge.training;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.text.Prompts;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.FrozenFeatures;
import dev.kedge.models.train.HeadClassification;
import dev.kedge.models.train.HeadFile;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.LinearProbe;
import dev.kedge.models.train.Method;
import dev.kedge.models.train.PictureBatches;
import dev.kedge.models.train.Teacher;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.Classification;
import dev.kedge.stage.v1.TrainSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans fine-tuning as a classifier: a head from the text tower, then the method's phases. */
record ClassificationPlanner(TrainSpec spec, StageContext context, Scope scope, int microBatch) {
  TrainingPlan plan() throws IOException {
    Classification task = spec.getClassification();
    LabelledPictures.Part part = new DataParts(context).open(task.getTrain());
    List<String> classes = part.dataset().classes();
    List<String> texts = new Prompts(task.getTemplatesList()).classMajor(names(classes));
    StartingModel model = TrainingPlan.model(spec, context, texts);
    HeadForm form = task.getCosineHead() ? HeadForm.COSINE : HeadForm.LINEAR;
    Clip clip = new Clip(model.config());
    Weights weights = TrainingPlan.weights(model, scope);
    Weights head = zeroShotHead(clip, weights, form, model.ids(texts), classes.size());
    Training training =
        new Training(clip, form, pictures(model, part), rules(part), context, microBatch);
    return new TrainingPlan(
        model,
        weights.with(head),
        Optional.of(new HeadFile(form, classes)),
        phases(training, head));
  }

  private List<String> names(List<String> classes) {
    List<String> names = spec.getClassification().getClassNamesList();
    if (!names.isEmpty() && names.size() != classes.size()) {
      throw new IllegalArgumentException(
          "class_names has %d names, but the data set has %d classes: %s"
              .formatted(names.size(), classes.size(), classes));
    }
    return names.isEmpty() ? classes : names;
  }

  private Weights zeroShotHead(
      Clip clip, Weights weights, HeadForm form, List<long[]> prompts, int classes) {
    TextBatch texts = new TextBatch(clip.config().text(), prompts);
    return form.of(scope, weights, clip.zeroShotRows(scope, weights, texts, classes));
  }

  private static LabelledPictures pictures(StartingModel model, LabelledPictures.Part part) {
    return new LabelledPictures(
        model.preprocessing(), List.of(part), Runtime.getRuntime().maxMemory() / 4);
  }

  private OptimisationRules rules(LabelledPictures.Part part) {
    return new OptimisationRules(spec.getOptimisation(), part.indices().size());
  }

  private List<Phase> phases(Training training, Weights head) throws IOException {
    List<String> trainable = new ArrayList<>(ClipTensors.vision(training.clip().config()).keySet());
    trainable.addAll(head.names());
    Methods methods = new Methods(context, scope, trainable);
    List<Phase> phases = new ArrayList<>();
    for (Map.Entry<String, Method> method : methods.of(spec.getMethod()).entrySet()) {
      phases.add(training.phase(method.getKey(), method.getValue(), trainable));
    }
    return phases;
  }

  /** What all phases of a classifier's training share. */
  private record Training(
      Clip clip,
      HeadForm form,
      LabelledPictures pictures,
      OptimisationRules rules,
      StageContext context,
      int microBatch) {
    Phase phase(String name, Method method, List<String> trainable) {
      List<String> names = trainable.stream().filter(method::trains).toList();
      return new Phase(
          name,
          rules.steps(),
          rules.spec().getBatchSize(),
          current -> loop(method, current, current.only(names)));
    }

    private TrainingLoop<LabelledBatch> loop(Method method, Weights current, Weights start) {
      TrainingRun<LabelledBatch> run =
          method instanceof LinearProbe ? onFeatures(method, current) : onPictures(method, current);
      return new TrainingLoop<>(run, current, start);
    }

    private TrainingRun<LabelledBatch> onFeatures(Method method, Weights current) {
      FrozenFeatures features =
          new FrozenFeatures(clip, current, pictures, rules.epochs(), this::reportFeatures);
      return new TrainingRun<>(
          new HeadClassification(form),
          features,
          method::penalty,
          rules.schedule(),
          rules.spec().getWeightDecay(),
          rules.spec().getClipNorm());
    }

    private void reportFeatures(int done) {
      context.checkStopping();
      context.progress(done, pictures.size(), "images", Map.of());
    }

    private TrainingRun<LabelledBatch> onPictures(Method method, Weights current) {
      Optional<Teacher> teacher = method.distillation().map(each -> new Teacher(current, each));
      return new TrainingRun<>(
          new ImageClassification(clip, form, teacher),
          new PictureBatches(pictures, rules.epochs(), rules.augmentation(), microBatch),
          method::penalty,
          rules.schedule(),
          rules.spec().getWeightDecay(),
          rules.spec().getClipNorm());
    }
  }
}
