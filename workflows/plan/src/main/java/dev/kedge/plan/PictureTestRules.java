package dev.kedge.plan;

import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ImageClassification;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A test of a classifier: its classes and its data fit each other, and the task's. */
final class PictureTestRules {
  private final Evaluation evaluation;
  private final String path;
  private final ReferenceRules references;
  private final Problems problems;

  PictureTestRules(
      Evaluation evaluation, String path, ReferenceRules references, Problems problems) {
    this.evaluation = evaluation;
    this.path = path;
    this.references = references;
    this.problems = problems;
  }

  /**
   * Checks the test.
   *
   * @param task what is learnt; its default where that has no classes
   */
  void check(ImageClassification task) {
    problems.requireDistinct(evaluation.getClassesList(), path + ".classes");
    PromptRules.check(evaluation.getTemplatesList(), path + ".templates", problems);
    problems.require(
        !evaluation.hasLanguage(), path + ".language", "is for language models: leave it out");
    new TreeSet<>(evaluation.getClassMapMap().keySet()).forEach(this::checkStandIns);
    references
        .pictures(evaluation.getDataset(), path + ".dataset")
        .ifPresent(data -> checkClasses(data, task));
  }

  private void checkStandIns(String id) {
    String at = path + ".class_map." + id;
    List<String> standIns = evaluation.getClassMapOrThrow(id).getAnyOfList();
    problems.require(
        !standIns.isEmpty(), at + ".any_of", "missing: name classes of the task, or leave it out");
    problems.requireDistinct(standIns, at + ".any_of");
    problems.require(
        evaluation.getClassesCount() == 0 || evaluation.getClassesList().contains(id),
        at,
        "`%s` is not among `classes`: add it there, or leave it out here".formatted(id));
  }

  private void checkClasses(Catalog.Dataset data, ImageClassification task) {
    List<String> found = data.classes();
    Set<String> asked = PictureTests.classes(evaluation);
    boolean fits = asked.isEmpty() || ClassNameRules.oneHasAll(asked, found);
    problems.require(
        fits,
        path + (evaluation.getClassesCount() > 0 ? ".classes" : ".class_map"),
        "%s lacks %s, and %s are not asked for: leave one or the other out"
            .formatted(
                evaluation.getDataset(),
                ClassNameRules.some(without(asked, found)),
                ClassNameRules.some(without(found, asked))));
    List<String> named = asked.isEmpty() ? found : List.copyOf(asked);
    requireChoice(named, data);
    if (evaluation.getClassMapCount() == 0) {
      new ClassNameRules(problems)
          .check(evaluation.getClassNamesMap().keySet(), named, path + ".class_names");
    }
    if (fits && evaluation.getRole() == Evaluation.Role.SPECIALITY) {
      requireKnown(named, task);
    }
  }

  /** Who has but one class to choose from is always right. */
  private void requireChoice(List<String> asked, Catalog.Dataset data) {
    if (evaluation.getClassesCount() > 0 || evaluation.getClassMapCount() > 0) {
      problems.require(
          asked.size() >= 2,
          path + (evaluation.getClassesCount() > 0 ? ".classes" : ".class_map"),
          "%s is one class, and among one every choice is right: name at least two"
              .formatted(asked));
    } else {
      new OneClass(evaluation.getDataset(), data).check(path + ".dataset", problems);
    }
  }

  /** The new task is measured on its own classes; other knowledge may have others. */
  private void requireKnown(List<String> asked, ImageClassification task) {
    if (task.getTrain().isEmpty()) {
      return;
    }
    references
        .known(task.getTrain())
        .ifPresent(
            train -> {
              Set<String> unknown = new TreeSet<>();
              asked.forEach(id -> unknown.addAll(PictureTests.standIns(evaluation, id)));
              unknown.removeAll(train.classes());
              problems.require(
                  unknown.isEmpty(),
                  path + ".dataset",
                  "the classes %s of %s are not among the task's, which are %s"
                      .formatted(
                          ClassNameRules.some(unknown),
                          evaluation.getDataset(),
                          ClassNameRules.some(train.classes())));
            });
  }

  private static Set<String> without(Collection<String> all, Collection<String> others) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(others);
    return rest;
  }
}
