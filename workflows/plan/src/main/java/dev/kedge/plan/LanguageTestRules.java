package dev.kedge.plan;

import dev.kedge.stage.v1.Measure;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.LanguageTest;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A test of a language model: its templates, its measure, and its data fit each other. */
final class LanguageTestRules {
  /** Stands for a choice in a prompt. */
  private static final String CHOICE = "{*}";

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
      problems.add(
          at("measure"),
          "unknown: write ACCURACY, ACCURACY_NORM, EXACT_MATCH, ANSWER_BITS_PER_BYTE or BITS_PER_BYTE");
      return;
    }
    Measure measure = LanguageTests.measure(test);
    checkMeasure(test, measure);
    checkChoices(test, measure);
    checkWriting(test, measure);
    checkShots(test.getShots(), test.hasShots(), measure);
    checkReplacements(test);
    checkTemplates(test, new TemplateRules(records, problems));
  }

  private void checkTemplates(LanguageTest test, TemplateRules templates) {
    templates.prompt(test.getPrompt(), test.getChoicesCount() > 0, at("prompt"));
    templates.one(LanguageTests.answer(test), at("answer"));
    templates.several(test.getChoicesList(), at("choices"));
    templates.one(test.getLabel(), at("label"));
    templates.several(test.getLabelsList(), at("labels"));
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
    boolean labelled = !test.getLabel().isEmpty() && !test.getPrompt().contains(CHOICE);
    problems.require(
        rolling || labelled || !test.getAnswer().isEmpty(),
        at("answer"),
        "missing: give a template");
  }

  private void checkChoices(LanguageTest test, Measure measure) {
    boolean choosing = measure == Measure.ACCURACY || measure == Measure.ACCURACY_NORM;
    problems.require(
        choosing == test.getChoicesCount() > 0,
        at("choices"),
        choosing
            ? "missing: %s is the share of records whose likeliest choice is the answer"
                .formatted(measure)
            : "are for ACCURACY and ACCURACY_NORM: leave them out, or measure one of these");
    problems.require(
        choosing || test.getLabel().isEmpty(),
        at("label"),
        "tells the right one of choices, and there are none: leave it out");
    problems.require(
        test.getLabelsCount() == 0 || !test.getLabel().isEmpty(),
        at("labels"),
        "are what `label` is found among: give it, too");
    problems.require(
        !test.getPrompt().contains(CHOICE) || !test.getLabel().isEmpty(),
        at("label"),
        "missing: where the choices stand in the prompt, it tells the right one");
  }

  private void checkWriting(LanguageTest test, Measure measure) {
    boolean writes = measure == Measure.EXACT_MATCH;
    problems.require(
        writes == test.hasWriting(),
        at("writing"),
        writes
            ? "missing: say how much is written, for example `{most_tokens: 32, stop: [\"\\n\"]}`"
            : "is for EXACT_MATCH: leave it out, or measure that");
    problems.require(
        !test.hasWriting() || test.getWriting().getMostTokens() > 0,
        at("writing.most_tokens"),
        "missing: give at least 1");
  }

  private void checkShots(LanguageTest.Shots shots, boolean given, Measure measure) {
    if (!given) {
      return;
    }
    problems.require(
        measure != Measure.BITS_PER_BYTE,
        at("shots"),
        "BITS_PER_BYTE has no prompt: leave them out");
    problems.require(shots.getCount() > 0, at("shots.count"), "missing: give at least 1");
    references.texts(shots.getDataset(), at("shots.dataset"));
  }

  private void checkReplacements(LanguageTest test) {
    for (int i = 0; i < test.getReplacementsCount(); i++) {
      try {
        Pattern.compile(test.getReplacements(i).getPattern());
      } catch (PatternSyntaxException e) {
        problems.add(
            Problems.at(at("replacements"), i) + ".pattern",
            "not a regular expression: " + e.getDescription());
      }
    }
  }

  private String at(String field) {
    return path + ".language." + field;
  }
}
