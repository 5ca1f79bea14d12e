package dev.kedge.training;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.text.Prompts;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadFile;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.ImageCaptionContrast;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.Classification;
import dev.kedge.stage.v1.TrainSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Plans fine-tuning as a classifier: a head from the text tower, then the method's phases. */
record ClassificationPlanner(TrainSpec spec, StageContext context, Scope scope, int microBatch) {
  TrainingPlan plan() throws IOException {
    Classification task = spec.getClassification();
    LabelledPictures.Part part = new DataParts(context).open(task.getTrain());
    List<String> classes = part.dataset().classes();
    Prompts prompts = new Prompts(task.getTemplatesList());
    List<String> names = names(classes);
    List<String> texts = prompts.classMajor(names);
    StartingModel model = TrainingPlan.model(spec, context, texts);
    HeadForm form = task.getCosineHead() ? HeadForm.COSINE : HeadForm.LINEAR;
    Clip clip = new Clip(model.config(), spec.getOptimisation().getRecompute());
    new MemoryCheck(spec, microBatch).require(model.config(), classes.size());
    Weights weights = TrainingPlan.weights(model, scope);
    UnaryOperator<Weights> headed =
        all -> all.with(zeroShotHead(clip, all, form, model.ids(texts), classes.size()));
    LabelledPictures pictures = DataParts.pictures(model.preprocessing(), List.of(part));
    boolean flyp = spec.getMethod().hasFlyp();
    List<List<long[]>> captions = names.stream().map(name -> model.ids(prompts.of(name))).toList();
    return new TrainingPlan(
        model,
        headed.apply(weights),
        Optional.of(new HeadFile(form, classes)),
        flyp
            ? phases(new CaptionTask(new ImageCaptionContrast(clip), pictures, List.of(captions)))
            : phases(classifier(new ImageClassification(clip, form), pictures, classes)),
        flyp ? headed : UnaryOperator.identity());
  }

  private ClassifierTask classifier(
      ImageClassification learner, LabelledPictures pictures, List<String> classes)
      throws IOException {
    List<String> trainable = new ArrayList<>(ClipTensors.vision(learner.clip().config()).keySet());
    trainable.addAll(learner.form().names());
    return new ClassifierTask(
        learner,
        trainable,
        pictures,
        classes,
        KnownFeatures.of(spec, context),
        context,
        microBatch);
  }

  private List<Phase> phases(TunableTask<?> task) throws IOException {
    return new MethodPhases<>(task, spec, context, scope).all();
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
}
