package dev.kedge.training;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.text.Prompts;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.CaptionChoice;
import dev.kedge.models.train.HeadFile;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.ImageCaptionContrast;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.RunMemory;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.ClassName;
import dev.kedge.stage.v1.Classification;
import dev.kedge.stage.v1.TrainSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans fine-tuning as a classifier: a head from the text tower, then the method's phases. */
record ClassificationPlanner(
    TrainSpec spec, StageContext context, Scope scope, MicroBatch microBatch) {
  TrainingPlan plan() throws IOException {
    Classification task = spec.getClassification();
    LabelledPictures.Part part = new DataParts(context).open(task.getTrain());
    List<List<String>> prompts = prompts(part.dataset().classes());
    Stream<String> texts = prompts.stream().flatMap(List::stream);
    return StartingPoint.plan(
        TrainingPlan.model(spec, context, texts), model -> plan(model, part, prompts));
  }

  /** By class. */
  private List<List<String>> prompts(List<String> classes) {
    Prompts prompts = new Prompts(spec.getClassification().getTemplatesList());
    return names(classes).stream().map(prompts::of).toList();
  }

  private TrainingPlan plan(
      StartingModel model, LabelledPictures.Part part, List<List<String>> prompts)
      throws IOException {
    List<String> classes = part.dataset().classes();
    HeadForm form = spec.getClassification().getCosineHead() ? HeadForm.COSINE : HeadForm.LINEAR;
    Clip clip = new Clip(model.config(), spec.getOptimisation().getRecompute());
    int captioned = prompts.stream().mapToInt(List::size).sum();
    int atOnce = atOnce(model, form, classes.size(), captioned);
    List<List<long[]>> captions = prompts.stream().map(model::ids).toList();
    UnaryOperator<Weights> headed = all -> all.with(zeroShotHead(clip, all, form, captions));
    LabelledPictures pictures = DataParts.pictures(model.preprocessing(), List.of(part));
    boolean flyp = spec.getMethod().hasFlyp();
    TunableTask<?> task =
        flyp
            ? new CaptionTask(
                new ImageCaptionContrast(clip), pictures, List.of(CaptionChoice.among(captions)))
            : classifier(new ImageClassification(clip, form), pictures, classes, atOnce);
    return new TrainingPlan(
        model,
        headed.apply(TrainingPlan.weights(model, scope)),
        Optional.of(new HeadFile(form, classes)),
        task,
        phases(task),
        flyp ? headed : UnaryOperator.identity());
  }

  private ClassifierTask classifier(
      ImageClassification learner, LabelledPictures pictures, List<String> classes, int atOnce)
      throws IOException {
    List<String> trainable =
        new ClassifierSize(learner.clip().config(), learner.form(), classes.size()).trainable();
    KnownFeatures known = KnownFeatures.of(spec, context);
    return new ClassifierTask(learner, trainable, pictures, classes, known, context, atOnce);
  }

  /** Pictures computed at once; pairs of pictures and captions are all computed at once. */
  private int atOnce(StartingModel model, HeadForm form, int classes, int captions) {
    ClassifierSize size = new ClassifierSize(model.config(), form, classes);
    RunSize run = microBatch.run();
    int batch = spec.getOptimisation().getBatchSize();
    if (spec.getMethod().hasFlyp()) {
      return microBatch.whole(size.contrastive(run), model.config(), captions);
    }
    RunMemory memory = size.classifier(run);
    return microBatch.fixed(
        memory, images -> memory.classification(model.config(), classes, batch, images));
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
    return names.isEmpty() ? named(classes) : names;
  }

  private List<String> named(List<String> classes) {
    Map<String, String> names =
        spec.getClassification().getNamedList().stream()
            .collect(Collectors.toMap(ClassName::getId, ClassName::getName));
    return classes.stream().map(each -> names.getOrDefault(each, each)).toList();
  }

  private Weights zeroShotHead(
      Clip clip, Weights weights, HeadForm form, List<List<long[]>> captions) {
    List<long[]> prompts = captions.stream().flatMap(List::stream).toList();
    TextBatch texts = new TextBatch(clip.config().text(), prompts);
    return form.of(scope, weights, clip.zeroShotRows(scope, weights, texts, captions.size()));
  }
}
