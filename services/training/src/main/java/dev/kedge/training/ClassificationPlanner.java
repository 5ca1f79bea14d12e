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
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.Protection;
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
    return new TrainingPlan(
        model,
        weights.with(head),
        Optional.of(new HeadFile(form, classes)),
        phases(model, part, new ImageClassification(clip, form)));
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

  private List<Phase> phases(
      StartingModel model, LabelledPictures.Part part, ImageClassification task)
      throws IOException {
    List<String> trainable = new ArrayList<>(ClipTensors.vision(model.config()).keySet());
    trainable.addAll(task.form().names());
    Map<String, List<Protection>> methods =
        new Methods(context, scope, trainable).of(spec.getMethod());
    if (methods.isEmpty()) {
      return List.of();
    }
    LabelledPictures pictures =
        new LabelledPictures(
            model.preprocessing(), List.of(part), Runtime.getRuntime().maxMemory() / 4);
    OptimisationRules rules = new OptimisationRules(spec.getOptimisation(), pictures.size());
    return new ClassifierPhases(task, pictures, rules, context, microBatch).of(methods, trainable);
  }
}
