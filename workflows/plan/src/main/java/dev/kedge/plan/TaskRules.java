package dev.kedge.plan;

import dev.kedge.v1.Contrastive;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.ImageClassification;
import dev.kedge.v1.NewModel;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The start point and the task. */
final class TaskRules {
  private static final String CLASSIFICATION = "task.image_classification";
  private static final String CONTRASTIVE = "task.contrastive";

  private final ExperimentSpec spec;
  private final ReferenceRules references;
  private final Problems problems;

  TaskRules(ExperimentSpec spec, ReferenceRules references, Problems problems) {
    this.spec = spec;
    this.references = references;
    this.problems = problems;
  }

  void check() {
    switch (spec.getStartCase()) {
      case BASE -> references.model(spec.getBase(), "base").ifPresent(this::checkFamily);
      case NEW_MODEL -> checkNewModel(spec.getNewModel());
      case START_NOT_SET -> problems.add("base", "missing: name a model, or give a new_model");
    }
    switch (spec.getTask().getTaskCase()) {
      case IMAGE_CLASSIFICATION -> checkClassification(spec.getTask().getImageClassification());
      case CONTRASTIVE -> checkContrastive(spec.getTask().getContrastive());
      case INSTRUCTION, LANGUAGE_MODELLING ->
          new LanguageTaskRules(spec.getTask(), references, problems).check();
      case TASK_NOT_SET ->
          problems.add(
              "task",
              "missing: give image_classification, contrastive, instruction or"
                  + " language_modelling");
    }
  }

  private void checkFamily(Catalog.Model base) {
    boolean language = Languages.isLanguage(spec);
    problems.require(
        !spec.hasTask() || base.isClip() != language,
        "base",
        language
            ? "%s is of the family %s: this task is for a language model"
                .formatted(spec.getBase(), base.family())
            : "%s is a language model of the family %s: this task is for a clip"
                .formatted(spec.getBase(), base.family()));
  }

  private void checkNewModel(NewModel model) {
    problems.require(
        !spec.getTask().hasImageClassification(),
        "new_model",
        "image_classification needs a base that knows something: make one with contrastive first");
    problems.require(
        !spec.getTask().hasInstruction(),
        "new_model",
        "instruction needs a base that knows something: make one with language_modelling first");
    problems.require(
        !(spec.getTask().hasContrastive() && model.hasLanguage()),
        "new_model.language",
        "contrastive trains a `clip`");
    problems.require(
        !(spec.getTask().hasLanguageModelling() && model.hasClip()),
        "new_model.clip",
        "language_modelling trains a model of `language`");
    ArchitectureRules.check(model, problems);
  }

  private void checkClassification(ImageClassification task) {
    checkPrompts(task.getTemplatesList(), CLASSIFICATION + ".templates");
    double fraction = task.getValidationFraction();
    problems.require(
        fraction >= 0 && fraction < 1,
        CLASSIFICATION + ".validation_fraction",
        "%s is not in [0, 1)".formatted(Numbers.text(fraction)));
    problems.requireDistinct(task.getClassesList(), CLASSIFICATION + ".classes");
    references
        .pictures(task.getTrain(), CLASSIFICATION + ".train")
        .ifPresent(data -> checkClasses(task, data));
  }

  private void checkClasses(ImageClassification task, Catalog.Dataset data) {
    List<String> found = data.classes();
    new OneClass(task.getTrain(), data).check(CLASSIFICATION + ".train", problems);
    var wanted = new TreeSet<>(task.getClassesList());
    problems.require(
        wanted.isEmpty() || wanted.equals(new TreeSet<>(found)),
        CLASSIFICATION + ".classes",
        "%s differ from those of %s, which are %s".formatted(wanted, task.getTrain(), found));
    new ClassNameRules(problems)
        .check(task.getClassNamesMap().keySet(), found, CLASSIFICATION + ".class_names");
  }

  private void checkContrastive(Contrastive task) {
    problems.require(
        task.getSourcesCount() > 0, CONTRASTIVE + ".sources", "missing: give at least one");
    for (int i = 0; i < task.getSourcesCount(); i++) {
      Contrastive.Source source = task.getSources(i);
      String path = Problems.at(CONTRASTIVE + ".sources", i);
      Optional<Catalog.Dataset> data = references.pictures(source.getDataset(), path + ".dataset");
      problems.require(
          source.getCaptionsCount() > 0, path + ".captions", "missing: give at least one");
      new CaptionRules(data, problems).check(source.getCaptionsList(), path + ".captions");
    }
  }

  private void checkPrompts(List<String> prompts, String path) {
    PromptRules.check(prompts, path, problems);
  }
}
