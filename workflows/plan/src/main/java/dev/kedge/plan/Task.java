package dev.kedge.plan;

import dev.kedge.stage.v1.Classification;
import dev.kedge.stage.v1.Contrastive;
import dev.kedge.stage.v1.DatasetPart;
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
      case INSTRUCTION, LANGUAGE_MODELLING, TASK_NOT_SET ->
          throw new IllegalArgumentException("task: missing");
    };
  }

  /** Writes the task into a training run. */
  void describe(TrainSpec.Builder run);

  /** The part of the training data that is held back to choose by. */
  Optional<DatasetPart> validation();

  /** Prompts for suites that have none of their own. */
  List<String> templates();

  /** Fine-tuning a classifier. */
  record Classifying(ImageClassification task, Datasets datasets) implements Task {
    @Override
    public void describe(TrainSpec.Builder run) {
      run.setClassification(classifier(part(DatasetPart.Part.TRAINING)));
    }

    /** The classifier before any step: the same one whatever is held back for validation. */
    Classification untrained() {
      return classifier(datasets.all(task.getTrain()));
    }

    private Classification classifier(DatasetPart train) {
      return Classification.newBuilder()
          .setTrain(train)
          .addAllTemplates(templates())
          .addAllClassNames(classNames())
          .setCosineHead(task.getCosineHead())
          .build();
    }

    /** In the data set's order, which is sorted; empty where every class goes by its own name. */
    private List<String> classNames() {
      if (task.getClassNamesCount() == 0) {
        return List.of();
      }
      return new TreeSet<>(task.getClassesList())
          .stream().map(name -> task.getClassNamesOrDefault(name, name)).toList();
    }

    @Override
    public Optional<DatasetPart> validation() {
      return task.getValidationFraction() > 0
          ? Optional.of(part(DatasetPart.Part.VALIDATION))
          : Optional.empty();
    }

    private DatasetPart part(DatasetPart.Part part) {
      return task.getValidationFraction() > 0
          ? datasets.part(task.getTrain(), part, task.getValidationFraction())
          : datasets.all(task.getTrain());
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
    public Optional<DatasetPart> validation() {
      return Optional.empty();
    }

    @Override
    public List<String> templates() {
      return DEFAULT_TEMPLATES;
    }
  }
}
