package dev.kedge.plan;

import dev.kedge.stage.v1.Measure;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.LanguageTest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    LanguageTest test = evaluation.getLanguage();
    if (test.getMeasure() == LanguageTest.Measure.UNRECOGNIZED) {
      problems.add(
          at("measure"),
          "unknown: write ACCURACY, ACCURACY_NORM, ACCURACY_BYTES, EXACT_MATCH, INSTRUCTIONS_FOLLOWED, ANSWER_BITS_PER_BYTE or BITS_PER_BYTE");
      return;
    }
    Measure measure = LanguageTests.measure(test);
    checkMeasure(test, measure);
    checkChoices(test, measure);
    checkWriting(test, measure);
    checkShots(test.getShots(), test.hasShots(), measure);
    records.ifPresent(data -> checkInstructions(data, measure));
    checkReplacements(test);
    checkTemplates(test, new TemplateRules(records, problems));
  }

  private void checkTemplates(LanguageTest test, TemplateRules templates) {
    templates.prompt(test.getPrompt(), test.getChoicesCount() > 0, at("prompt"));
    templates.one(LanguageTests.answer(test), at("answer"));
    templates.several(test.getChoicesList(), at("choices"));
    templates.one(test.getLabel(), at("label"));
    templates.prompt(test.getWithoutQuestion(), test.getChoicesCount() > 0, at("without_question"));
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
        rolling || labelled || instructed(measure) || !test.getAnswer().isEmpty(),
        at("answer"),
        "missing: give a template");
    problems.require(
        !instructed(measure) || test.getAnswer().isEmpty(),
        at("answer"),
        "the record's instructions are what is asked for: leave it out");
  }

  private void checkChoices(LanguageTest test, Measure measure) {
    boolean choosing = choosing(measure);
    problems.require(
        choosing == test.getChoicesCount() > 0,
        at("choices"),
        choosing
            ? "missing: %s is the share of records whose likeliest choice is the answer"
                .formatted(measure)
            : "are for ACCURACY, ACCURACY_NORM and ACCURACY_BYTES: leave them out, or measure one of these");
    problems.require(
        choosing || !test.hasWithoutQuestion(),
        at("without_question"),
        "is a baseline of choosing, and there is nothing to choose from: leave it out");
    problems.require(
        !test.hasWithoutQuestion()
            || test.getPrompt().contains(CHOICE) == test.getWithoutQuestion().contains(CHOICE),
        at("without_question"),
        "has {*} where the prompt has it, and only there: the choices stand in both or in none");
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
    boolean writes = measure == Measure.EXACT_MATCH || instructed(measure);
    problems.require(
        writes == test.hasWriting(),
        at("writing"),
        writes
            ? "missing: say how much is written, for example `{most_tokens: 32, stop: [\"\\n\"]}`"
            : "is for EXACT_MATCH and INSTRUCTIONS_FOLLOWED: leave it out, or measure one of these");
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

  private static boolean choosing(Measure measure) {
    return switch (measure) {
      case ACCURACY, ACCURACY_NORM, ACCURACY_BYTES -> true;
      default -> false;
    };
  }

  private static boolean instructed(Measure measure) {
    return measure == Measure.INSTRUCTIONS_FOLLOWED;
  }

  /** The fields that tell what is asked for. */
  private void checkInstructions(Catalog.Dataset records, Measure measure) {
    Set<String> missing = new TreeSet<>(Set.of("instruction_id_list", "kwargs"));
    missing.removeAll(records.fields());
    problems.require(
        !instructed(measure) || missing.isEmpty(),
        path + ".dataset",
        "not every record has %s, where IFEval's records say what is asked for".formatted(missing));
  }

  private String at(String field) {
    return path + ".language." + field;
  }
}
