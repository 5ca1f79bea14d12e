package dev.kedge.plan;

import dev.kedge.stage.v1.Measure;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.LanguageTest;
import java.util.Optional;

/** A test of a language model: its templates, its measure, and its data fit each other. */
final class LanguageTestRules {
  private final Evaluation evaluation;
  private final String path;
  private final ReferenceRules references;
  private final Problems problems;

  LanguageTestRules(
      Evaluation evaluation, String path, ReferenceRules references, Problems problems) {
    this.evaluation = evaluation;
    this.path = path;
    this.references = references;
    this.problems = problems;
  }

  void check() {
    Optional<Catalog.Dataset> records =
        references.texts(evaluation.getDataset(), path + ".dataset");
    problems.require(
        evaluation.getTemplatesCount() == 0,
        path + ".templates",
        "are for pictures: write the prompt under `language`");
    if (!evaluation.hasLanguage()) {
      problems.add(
          path + ".language", "missing: say what is scored, for example `{prompt: …, answer: …}`");
      return;
    }
    LanguageTest test = evaluation.getLanguage();
    if (test.getMeasure() == LanguageTest.Measure.UNRECOGNIZED) {
      problems.add(at("measure"), "unknown: write ACCURACY, ANSWER_BITS_PER_BYTE or BITS_PER_BYTE");
      return;
    }
    checkMeasure(test, LanguageTests.measure(test));
    var templates = new TemplateRules(records, problems);
    templates.one(test.getPrompt(), at("prompt"));
    templates.one(LanguageTests.answer(test), at("answer"));
    templates.several(test.getChoicesList(), at("choices"));
  }

  private void checkMeasure(LanguageTest test, Measure measure) {
    boolean rolling = measure == Measure.BITS_PER_BYTE;
    problems.require(
        !rolling || test.getPrompt().isEmpty(),
        at("prompt"),
        "BITS_PER_BYTE scores a text as a whole: leave the prompt out, or measure"
            + " ANSWER_BITS_PER_BYTE");
    problems.require(
        rolling || !test.getPrompt().isEmpty(),
        at("prompt"),
        "missing: %s is measured after a prompt".formatted(measure));
    problems.require(
        rolling || !test.getAnswer().isEmpty(), at("answer"), "missing: give a template");
    boolean choosing = measure == Measure.ACCURACY;
    problems.require(
        choosing == test.getChoicesCount() > 0,
        at("choices"),
        choosing
            ? "missing: ACCURACY is the share of records whose likeliest choice is the answer"
            : "are for ACCURACY: leave them out, or measure that");
  }

  private String at(String field) {
    return path + ".language." + field;
  }
}
