package dev.kedge.plan;

import dev.kedge.v1.Evaluation;
import java.util.Optional;

/** A test of texts: it says how they are tested, and nothing of pictures. */
final class TextTestRules {
  private final Evaluation evaluation;
  private final String path;
  private final ReferenceRules references;
  private final Problems problems;

  TextTestRules(Evaluation evaluation, String path, ReferenceRules references, Problems problems) {
    this.evaluation = evaluation;
    this.path = path;
    this.references = references;
    this.problems = problems;
  }

  void check() {
    String dataset = path + ".dataset";
    Optional<Catalog.Dataset> records = references.texts(evaluation.getDataset(), dataset);
    problems.require(
        evaluation.getTemplatesCount() == 0,
        path + ".templates",
        "are for pictures: write the prompt under `language`");
    problems.require(
        PictureTests.classes(evaluation).isEmpty() && evaluation.getClassNamesCount() == 0,
        path + ".classes",
        "classes and their names are for pictures: write what is chosen among under `language.choices`");
    if (!evaluation.hasLanguage()) {
      problems.add(
          path + ".language",
          "missing: a test of texts says what is scored: name a suite of `kedge suite list` (`suite:"
              + " NAME`, or SUITE=DATASET for `kedge eval`), or write it, for example `{prompt: …,"
              + " answer: …}`");
      return;
    }
    new LanguageTestRules(evaluation.getLanguage(), path + ".language", references, problems)
        .check(records, dataset);
  }
}
