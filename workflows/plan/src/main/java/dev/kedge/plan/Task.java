package dev.kedge.plan;

import dev.kedge.stage.v1.ClassName;
import dev.kedge.stage.v1.Classification;
import dev.kedge.stage.v1.Contrastive;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.Instruction;
import dev.kedge.stage.v1.LanguageModelling;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.ImageClassification;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What is learnt, in the terms of the TRAIN stage. */
sealed interface Task {
  /** Prompts where a file names none. */
  List<String> DEFAULT_TEMPLATES = List.of("a photo of a {}.");

  static Task of(ExperimentSpec spec, Datasets datasets) {
    return switch (spec.getTask().getTaskCase()) {
      case IMAGE_CLASSIFICATION ->
          new Classifying(spec.getTask().getImageClassification(), datasets);
      case CONTRASTIVE -> new Contrasting(spec.getTask().getContrastive(), datasets);
      case INSTRUCTION -> new Instructing(spec.getTask().getInstruction(), datasets);
      case LANGUAGE_MODELLING -> new Modelling(spec.getTask().getLanguageModelling(), datasets);
      case TASK_NOT_SET -> new Nothing();
    };
  }

  /** Where the base is tested alone. */
  record Nothing() implements Task {
    @Override
    public void describe(TrainSpec.Builder run) {
      throw new IllegalArgumentException("task: missing");
    }

    @Override
    public Optional<EvaluateSpec.Suite> validation() {
      return Optional.empty();
    }
  }

  /** Writes the task into a training run. */
  void describe(TrainSpec.Builder run);

  /** The test on the part of the training data that is held back to choose by; without an id. */
  Optional<EvaluateSpec.Suite> validation();

  /** Prompts for suites of images that have none of their own. */
  default List<String> templates() {
    return DEFAULT_TEMPLATES;
  }

  /**
   * How a language model reads calibration data; empty for images.
   *
   * @param calibration {@code datasets/NAME}
   */
  default Optional<FisherSpec.Text> reading(String calibration) {
    return Optional.empty();
  }

  /**
   * Fisher information on what is learnt from: its data and how it is read. Empty where that is not
   * one data set.
   */
  default Optional<FisherSpec.Builder> learnt() {
    return Optional.empty();
  }

  /** Fine-tuning a classifier. */
  record Classifying(ImageClassification task, Datasets datasets) implements Task {
    @Override
    public void describe(TrainSpec.Builder run) {
      run.setClassification(classifier(part(DatasetPart.Part.TRAINING)));
    }

    @Override
    public Optional<FisherSpec.Builder> learnt() {
      return Optional.of(FisherSpec.newBuilder().setData(part(DatasetPart.Part.TRAINING)));
    }

    /** The classifier before any step: the same one whatever is held back for validation. */
    Classification untrained() {
      return classifier(datasets.all(task.getTrain()));
    }

    private Classification classifier(DatasetPart train) {
      return Classification.newBuilder()
          .setTrain(train)
          .addAllTemplates(templates())
          .addAllClassNames(listedNames())
          .addAllNamed(otherNames())
          .setCosineHead(task.getCosineHead())
          .build();
    }

    /** In the data set's order, which is sorted; empty where that is not known or not needed. */
    private List<String> listedNames() {
      if (task.getClassNamesCount() == 0) {
        return List.of();
      }
      return new TreeSet<>(task.getClassesList())
          .stream().map(name -> task.getClassNamesOrDefault(name, name)).toList();
    }

    private List<ClassName> otherNames() {
      return task.getClassesCount() == 0 ? PictureTests.named(task.getClassNamesMap()) : List.of();
    }

    @Override
    public Optional<EvaluateSpec.Suite> validation() {
      return task.getValidationFraction() > 0
          ? Optional.of(PictureTests.plain(part(DatasetPart.Part.VALIDATION), templates()))
          : Optional.empty();
    }

    private DatasetPart part(DatasetPart.Part part) {
      return datasets.part(task.getTrain(), part, task.getValidationFraction());
    }

    @Override
    public List<String> templates() {
      return task.getTemplatesCount() == 0 ? DEFAULT_TEMPLATES : task.getTemplatesList();
    }
  }

  /** Training both towers. */
  record Contrasting(dev.kedge.v1.Contrastive task, Datasets datasets) implements Task {
    @Override
    public void describe(TrainSpec.Builder run) {
      var contrastive = Contrastive.newBuilder();
      for (var source : task.getSourcesList()) {
        contrastive
            .addSourcesBuilder()
            .setData(datasets.all(source.getDataset()))
            .addAllCaptions(source.getCaptionsList());
      }
      run.setContrastive(contrastive);
    }

    @Override
    public Optional<EvaluateSpec.Suite> validation() {
      return Optional.empty();
    }
  }

  /** Fine-tuning a language model on answers. */
  record Instructing(dev.kedge.v1.Instruction task, Datasets datasets) implements Task {
    @Override
    public void describe(TrainSpec.Builder run) {
      run.setInstruction(
          Instruction.newBuilder()
              .setTrain(part(DatasetPart.Part.TRAINING))
              .setPrompt(task.getPrompt())
              .setAnswer(task.getAnswer())
              .setContextTokens(task.getContextTokens()));
    }

    @Override
    public Optional<EvaluateSpec.Suite> validation() {
      return task.getValidationFraction() > 0
          ? Optional.of(
              LanguageTests.suite(
                  LanguageTests.ofTask(task), part(DatasetPart.Part.VALIDATION), datasets))
          : Optional.empty();
    }

    private DatasetPart part(DatasetPart.Part part) {
      return datasets.part(task.getTrain(), part, task.getValidationFraction());
    }

    @Override
    public Optional<FisherSpec.Builder> learnt() {
      return Optional.of(
          FisherSpec.newBuilder()
              .setData(part(DatasetPart.Part.TRAINING))
              .setText(reading(task.getTrain()).orElseThrow()));
    }

    @Override
    public Optional<FisherSpec.Text> reading(String calibration) {
      FisherSpec.Text.Builder text =
          FisherSpec.Text.newBuilder().setContextTokens(task.getContextTokens());
      return Optional.of(
          datasets.format(calibration) == PrepareSpec.Format.TEXT
              ? text.setAnswer(LanguageTests.PLAIN).build()
              : text.setPrompt(task.getPrompt()).setAnswer(task.getAnswer()).build());
    }
  }

  /** Training a language model on plain text. */
  record Modelling(dev.kedge.v1.LanguageModelling task, Datasets datasets) implements Task {
    @Override
    public void describe(TrainSpec.Builder run) {
      LanguageModelling.Builder modelling =
          LanguageModelling.newBuilder().setBlockTokens(task.getBlockTokens());
      task.getSourcesList().forEach(source -> modelling.addSources(datasets.all(source)));
      run.setLanguageModelling(modelling);
    }

    @Override
    public Optional<EvaluateSpec.Suite> validation() {
      return Optional.empty();
    }

    @Override
    public Optional<FisherSpec.Builder> learnt() {
      return task.getSourcesCount() == 1
          ? Optional.of(
              FisherSpec.newBuilder()
                  .setData(datasets.all(task.getSources(0)))
                  .setText(reading(task.getSources(0)).orElseThrow()))
          : Optional.empty();
    }

    @Override
    public Optional<FisherSpec.Text> reading(String calibration) {
      return Optional.of(
          FisherSpec.Text.newBuilder()
              .setAnswer(LanguageTests.PLAIN)
              .setContextTokens(task.getBlockTokens())
              .build());
    }
  }
}
